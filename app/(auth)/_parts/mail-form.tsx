"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Field, Form, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ApiError, api } from "@/lib/client/api";
import { AuthHead } from "./auth-head";
import { keepEmail, keptEmail } from "./kept";
import { LetterSent, type MailAnswer } from "./letter-sent";
import { emailCheck, shapeOf } from "./shape";
import { useWait, WaitNote } from "./use-wait";

const shape = shapeOf({ email: emailCheck });

/** Asks for a letter with a link. What it says afterwards is the same whether or not the address is known. */
export function MailForm({
  path,
  boxIsOpen,
  title,
  says,
  button,
  sent,
}: {
  path: "/sign-in-links" | "/password-resets";
  boxIsOpen: boolean;
  title: string;
  says: ReactNode;
  button: string;
  sent: (email: string) => ReactNode;
}) {
  const [done, setDone] = useState<{ email: string; answer: MailAnswer } | null>(null);
  const wait = useWait();
  const field = useRef<HTMLInputElement>(null);
  const ask = (email: string) => api<MailAnswer>(path, { method: "POST", body: { email } });

  useEffect(() => {
    if (!done && field.current && !field.current.value) field.current.value = keptEmail();
  }, [done]);

  if (done) {
    return (
      <LetterSent
        answer={done.answer}
        boxIsOpen={boxIsOpen}
        onAgain={() => ask(done.email)}
        onOther={() => setDone(null)}
        otherLabel="Use another address"
      >
        {sent(done.email)}
      </LetterSent>
    );
  }
  return (
    <>
      <AuthHead title={title}>{says}</AuthHead>
      <Form
        method="post"
        shape={shape}
        onSubmit={async (values) => {
          if (wait.left > 0) return;
          const email = String(values.email).trim();
          keepEmail(email);
          try {
            setDone({ email, answer: await ask(email) });
          } catch (error) {
            if (!(error instanceof ApiError) || error.status !== 429 || !error.retryAfterSeconds) throw error;
            wait.begin(error.retryAfterSeconds);
          }
        }}
      >
        <WaitNote left={wait.left} what="Enough letters for now." />
        <Field name="email" label="E-mail" required>
          <Input
            ref={field}
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            autoFocus
          />
        </Field>
        <SubmitButton size="tall" className="mt-1 w-full" disabled={wait.left > 0} busyLabel="Sending">
          {button}
        </SubmitButton>
      </Form>
    </>
  );
}
