"use client";

import { type ReactNode, useState } from "react";
import { announce } from "@/components/feedback/announcer";
import { Button, ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { ApiError } from "@/lib/client/api";
import { AuthHead } from "./auth-head";
import { useWait, WaitNote } from "./use-wait";

/** What the server says after it was asked for a letter: where it lies when no provider carries it. */
export type MailAnswer = { box: string | null };

export function LetterSent({
  answer,
  boxIsOpen,
  children,
  onAgain,
  onOther,
  otherLabel,
}: {
  answer: MailAnswer;
  /** Whether this visitor may read the development box. */
  boxIsOpen: boolean;
  children: ReactNode;
  onAgain: () => Promise<unknown>;
  onOther: () => void;
  otherLabel: string;
}) {
  const wait = useWait();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const again = async () => {
    setBusy(true);
    setFault(null);
    try {
      await onAgain();
      announce("Sent again.");
    } catch (error) {
      if (error instanceof ApiError && error.retryAfterSeconds && error.status === 429)
        wait.begin(error.retryAfterSeconds);
      else setFault(error instanceof Error ? error.message : "It was not sent. Try again in a moment.");
    }
    setBusy(false);
  };
  return (
    <>
      <AuthHead title="Look into your mailbox" takesFocus>
        {children}
      </AuthHead>
      <div className="grid gap-3.5">
        {answer.box && <BoxNote box={answer.box} isOpen={boxIsOpen} />}
        {fault && (
          <Note tone="bad" role="alert">
            {fault}
          </Note>
        )}
        <WaitNote left={wait.left} what="Enough letters for now." />
        <div className="flex flex-wrap gap-2">
          <Button busy={isBusy} disabled={wait.left > 0} onClick={() => void again()}>
            Send it again
          </Button>
          <Button variant="quiet" onClick={onOther}>
            {otherLabel}
          </Button>
        </div>
      </div>
    </>
  );
}

function BoxNote({ box, isOpen }: { box: string; isOpen: boolean }) {
  if (!isOpen)
    return (
      <Note tone="waiting">
        No mail provider is set up on this server, so no letter goes out. Whoever runs it can set SMTP_URL or
        RESEND_API_KEY.
      </Note>
    );
  return (
    <Note tone="info">
      <p>No mail provider is set up, so the letter is here.</p>
      <ButtonLink href={box} variant="primary" className="mt-2.5">
        Open the development box
      </ButtonLink>
    </Note>
  );
}
