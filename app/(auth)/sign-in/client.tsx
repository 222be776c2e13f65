"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Form, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { TextLink } from "@/components/ui/text-link";
import { ApiError, api } from "@/lib/client/api";
import type { Arrival } from "../_parts/arrivals";
import { AuthFoot, AuthHead } from "../_parts/auth-head";
import { enter, enterBy, leaveTo } from "../_parts/enter";
import { keepEmail, keepNext, keptEmail } from "../_parts/kept";
import { LetterSent, type MailAnswer } from "../_parts/letter-sent";
import { withNext } from "../_parts/next-path";
import { PasswordField } from "../_parts/password-field";
import { emailCheck, needs, shapeOf } from "../_parts/shape";
import { useWait, WaitNote } from "../_parts/use-wait";

type Props = {
  next: string;
  ways: { google: boolean; github: boolean };
  arrival: Arrival | null;
  demoEmail: string | null;
  boxIsOpen: boolean;
};

const shape = shapeOf({ email: emailCheck, password: needs("Write your password.") });
const askForLink = (email: string) => api<MailAnswer>("/sign-in-links", { method: "POST", body: { email } });

/** One form for both ways, so that the address one typed stays when one changes one's mind. */
export function SignIn({ next, ways, arrival, demoEmail, boxIsOpen }: Props) {
  const [way, setWay] = useState<"password" | "link">("password");
  const [sent, setSent] = useState<{ email: string; answer: MailAnswer } | null>(null);
  const wait = useWait();
  const email = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const field = email.current;
    if (!field || field.value) return;
    field.value = keptEmail();
    if (field.value) field.form?.querySelector<HTMLInputElement>('input[name="password"]')?.focus();
  }, []);

  if (sent) {
    return (
      <LetterSent
        answer={sent.answer}
        boxIsOpen={boxIsOpen}
        onAgain={() => askForLink(sent.email)}
        onOther={() => setSent(null)}
        otherLabel="Back to signing in"
      >
        If <b className="font-medium text-ink">{sent.email}</b> has an account here, a link is on its way. It works
        once, for 20 minutes.
      </LetterSent>
    );
  }

  const submit = async (given: { email: string; password: string }) => {
    if (wait.left > 0) return;
    keepEmail(given.email);
    if (way === "link") {
      try {
        const answer = await askForLink(given.email);
        keepNext(next);
        setSent({ email: given.email, answer });
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 429 || !error.retryAfterSeconds) throw error;
        wait.begin(error.retryAfterSeconds);
      }
      return;
    }
    const entry = await enter("password", given);
    if (entry.kind === "wait") return wait.begin(entry.seconds);
    if (entry.kind === "failed") throw new Error(entry.says);
    if (entry.kind === "refused") throw new Error("This e-mail address and this password do not belong together.");
    await leaveTo(next);
  };

  return (
    <>
      <AuthHead title="Sign in" />
      {arrival && (
        <Note tone={arrival.tone} role={arrival.tone === "bad" ? "alert" : "status"} className="mb-5">
          {arrival.says}
        </Note>
      )}
      <OtherWays ways={ways} next={next} />
      <Form
        method="post"
        shape={shape}
        onSubmit={(values) => submit({ email: String(values.email).trim(), password: String(values.password ?? "") })}
      >
        <WaitNote left={wait.left} />
        <Field name="email" label="E-mail" required>
          <Input
            ref={email}
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            defaultValue=""
            onBlur={(event) => keepEmail(event.currentTarget.value.trim())}
            autoFocus
          />
        </Field>
        {way === "password" && <PasswordField />}
        <SubmitButton
          size="tall"
          className="mt-1 w-full"
          disabled={wait.left > 0}
          busyLabel={way === "password" ? "Signing in" : "Sending"}
        >
          {way === "password" ? "Sign in" : "Send me a link"}
        </SubmitButton>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <Button
            variant="quiet"
            className="-ml-3"
            onClick={() => {
              setWay(way === "password" ? "link" : "password");
              if (!email.current?.value) email.current?.focus();
            }}
          >
            {way === "password" ? "Send me a link instead" : "Use my password instead"}
          </Button>
          {way === "password" && (
            <TextLink href="/forgot-password" look="ink" className="py-1 text-13 text-soft">
              Forgot the password?
            </TextLink>
          )}
        </div>
      </Form>
      <AuthFoot>
        <p>
          New here? <TextLink href={withNext("/sign-up", next)}>Create an account</TextLink>
        </p>
        {demoEmail && (
          <p>
            Demo workspace: <span className="font-medium break-all text-ink">{demoEmail}</span>, password in the
            terminal where you started.
          </p>
        )}
      </AuthFoot>
    </>
  );
}

const names = { google: "Google", github: "GitHub" } as const;

function OtherWays({ ways, next }: Pick<Props, "ways" | "next">) {
  const [going, setGoing] = useState<"google" | "github" | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const shown = (["google", "github"] as const).filter((name) => ways[name]);
  if (shown.length === 0) return null;
  const go = async (name: "google" | "github") => {
    setGoing(name);
    setFault(null);
    const entry = await enterBy(name, next);
    setGoing(null);
    setFault(
      entry.kind === "failed" ? entry.says : `${names[name]} did not answer. Try again, or use your e-mail address.`,
    );
  };
  return (
    <div className="mb-5 grid gap-2">
      {fault && (
        <Note tone="bad" role="alert">
          {fault}
        </Note>
      )}
      {shown.map((name) => (
        <Button key={name} size="tall" busy={going === name} disabled={going !== null} onClick={() => void go(name)}>
          Go on with {names[name]}
        </Button>
      ))}
      <p className="mt-3 flex items-center gap-3 text-12 text-faint before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        or with your e-mail address
      </p>
    </div>
  );
}
