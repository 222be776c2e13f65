"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { AuthFoot, AuthHead } from "../../_parts/auth-head";
import { ToSignIn } from "../../_parts/dead-link";
import { enter, leaveTo } from "../../_parts/enter";
import { takeNext } from "../../_parts/kept";
import { MailForm } from "../../_parts/mail-form";
import { useHashToken } from "../../_parts/use-hash-token";

/** Used up by a press, never by being fetched: the scanners of mailboxes open every link they find. */
export function SignInLink({ boxIsOpen }: { boxIsOpen: boolean }) {
  const hash = useHashToken();
  const [deadToken, setDeadToken] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  if (hash.kind === "none" || (hash.kind === "token" && hash.token === deadToken)) {
    return (
      <>
        <MailForm
          path="/sign-in-links"
          boxIsOpen={boxIsOpen}
          title="This link no longer works"
          says="A link works once, for 20 minutes. Have a new one sent."
          button="Send a new link"
          sent={(email) => (
            <>
              If <b className="font-medium text-ink">{email}</b> has an account here, a link is on its way. It works
              once, for 20 minutes.
            </>
          )}
        />
        <AuthFoot>
          <div>
            <ToSignIn />
          </div>
        </AuthFoot>
      </>
    );
  }
  const signIn = async () => {
    if (hash.kind !== "token") return;
    setBusy(true);
    setFault(null);
    const entry = await enter("link", { token: hash.token });
    if (entry.kind === "in") await leaveTo(takeNext());
    if (entry.kind === "refused") setDeadToken(hash.token);
    if (entry.kind === "failed") setFault(entry.says);
    if (entry.kind === "wait") setFault(`Too many tries. Try again in ${entry.seconds} s.`);
    setBusy(false);
  };
  return (
    <>
      <AuthHead title="Sign in to Madan Sara">You opened the link from your letter. One press and you are in.</AuthHead>
      {fault && (
        <Note tone="bad" role="alert" className="mb-4">
          {fault}
        </Note>
      )}
      <Button
        variant="primary"
        size="tall"
        className="w-full"
        busy={isBusy}
        disabled={hash.kind === "reading"}
        onClick={() => void signIn()}
      >
        {isBusy ? "Signing in" : "Sign in"}
      </Button>
    </>
  );
}
