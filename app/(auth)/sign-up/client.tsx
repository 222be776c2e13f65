"use client";

import { useState } from "react";
import { Field, Form, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { ApiError, api } from "@/lib/client/api";
import { AuthFoot, AuthHead } from "../_parts/auth-head";
import { keepEmail, keepNext } from "../_parts/kept";
import { LetterSent, type MailAnswer } from "../_parts/letter-sent";
import { withNext } from "../_parts/next-path";
import { emailCheck, needs, shapeOf } from "../_parts/shape";
import { useWait, WaitNote } from "../_parts/use-wait";

type Asked = { name: string; email: string; workspaceName: string };

const shape = shapeOf({
  name: needs("Write your name."),
  email: emailCheck,
  workspaceName: needs("Give the workspace a name."),
});

/** The browser's zone goes along unseen. One that the server does not know must not stand in the way. */
async function askForAccount(asked: Asked): Promise<MailAnswer> {
  const send = (body: Asked & { timeZone?: string }) => api<MailAnswer>("/sign-up", { method: "POST", body });
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  try {
    return await send({ ...asked, timeZone });
  } catch (error) {
    const isZone = error instanceof ApiError && error.faults.some(({ pointer }) => pointer === "/timeZone");
    if (!isZone) throw error;
    return send(asked);
  }
}

export function SignUp({ next, boxIsOpen }: { next: string; boxIsOpen: boolean }) {
  const [sent, setSent] = useState<{ asked: Asked; answer: MailAnswer } | null>(null);
  /** What was written stays for whoever comes back to change it. */
  const [draft, setDraft] = useState<Asked | null>(null);
  const wait = useWait();
  if (sent) {
    return (
      <LetterSent
        answer={sent.answer}
        boxIsOpen={boxIsOpen}
        onAgain={() => askForAccount(sent.asked)}
        onOther={() => setSent(null)}
        otherLabel="Change what I wrote"
      >
        We wrote to <b className="font-medium text-ink">{sent.asked.email}</b>. Open the link in the letter within a
        day, choose a password, and {sent.asked.workspaceName} is ready.
      </LetterSent>
    );
  }
  return (
    <>
      <AuthHead title="Create an account">
        You get a workspace of your own and can invite others to it. We send a letter first, to know the address is
        yours.
      </AuthHead>
      <Form
        method="post"
        keepAs="sign-up"
        shape={shape}
        onSubmit={async (values) => {
          if (wait.left > 0) return;
          const asked: Asked = {
            name: String(values.name).trim(),
            email: String(values.email).trim(),
            workspaceName: String(values.workspaceName).trim(),
          };
          try {
            const answer = await askForAccount(asked);
            keepEmail(asked.email);
            keepNext(next);
            setDraft(asked);
            setSent({ asked, answer });
          } catch (error) {
            if (!(error instanceof ApiError) || error.status !== 429 || !error.retryAfterSeconds) throw error;
            wait.begin(error.retryAfterSeconds);
          }
        }}
      >
        <WaitNote left={wait.left} what="Enough letters for now." />
        <Field name="name" label="Your name" required>
          <Input autoComplete="name" maxLength={120} defaultValue={draft?.name} autoFocus />
        </Field>
        <Field name="email" label="E-mail" required>
          <Input
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            defaultValue={draft?.email}
          />
        </Field>
        <Field name="workspaceName" label="Workspace" help="As your team calls the shop or the brand." required>
          <Input autoComplete="organization" maxLength={80} defaultValue={draft?.workspaceName} />
        </Field>
        <SubmitButton size="tall" className="mt-1 w-full" disabled={wait.left > 0} busyLabel="Sending">
          Send me the letter
        </SubmitButton>
      </Form>
      <AuthFoot>
        <p>
          You have one? <TextLink href={withNext("/sign-in", next)}>Sign in</TextLink>
        </p>
      </AuthFoot>
    </>
  );
}
