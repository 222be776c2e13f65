"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Form, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { AuthFoot, AuthHead } from "../../_parts/auth-head";
import { enter, leaveTo } from "../../_parts/enter";
import { SignOutButton } from "../../_parts/sign-out-button";
import { useWait, WaitNote } from "../../_parts/use-wait";

const digitsOf = (text: string) => text.replace(/\D/g, "").slice(0, 6);

export function SecondFactor({ next }: { next: string }) {
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const wait = useWait();
  const field = useRef<HTMLInputElement>(null);

  // A phone fills the code in quicker than the page comes to life; then nobody heard it being typed.
  useEffect(() => {
    if (digitsOf(field.current?.value ?? "").length === 6) field.current?.form?.requestSubmit();
  }, []);

  const submit = async (code: string) => {
    if (wait.left > 0) return;
    const entry = await enter("second-factor", { code });
    if (entry.kind === "in") await leaveTo(next);
    requestAnimationFrame(() => field.current?.select());
    if (entry.kind === "wait") return wait.begin(entry.seconds);
    if (entry.kind === "failed") throw new Error(entry.says);
    const message =
      kind === "app"
        ? "This code is not right, or was used before. A new one comes every 30 seconds."
        : "This recovery code is not right, or was used before.";
    throw Object.assign(new Error(message), { faults: [{ pointer: "/code", message }] });
  };

  return (
    <>
      <AuthHead title={kind === "app" ? "Write the code from your app" : "Use a recovery code"}>
        {kind === "app"
          ? "Your authenticator app shows six digits for Madan Sara."
          : "You kept them when you set up the second factor. Each works once."}
      </AuthHead>
      <Form
        key={kind}
        method="post"
        shape={{
          safeParse: (values) => {
            const code = String((values as { code?: unknown }).code ?? "");
            const isWhole = kind === "app" ? digitsOf(code).length === 6 : code.trim().length >= 6;
            const message = kind === "app" ? "A code has six digits." : "Write one of your recovery codes.";
            return isWhole ? { success: true } : { success: false, error: { issues: [{ path: ["code"], message }] } };
          },
        }}
        onSubmit={(values) => submit(kind === "app" ? digitsOf(String(values.code)) : String(values.code).trim())}
      >
        <WaitNote left={wait.left} what="Too many wrong codes." />
        {kind === "app" ? (
          <Field name="code" label="Code" required>
            <Input
              ref={field}
              autoComplete="one-time-code"
              inputMode="numeric"
              autoFocus
              data-secret=""
              className="num !h-11 !text-20 tracking-[0.3em]"
              onInput={(event: FormEvent<HTMLInputElement>) => {
                const input = event.currentTarget;
                const digits = digitsOf(input.value);
                // Pasted with a space or a hyphen in the middle, as apps show it.
                if (input.value !== digits) input.value = digits;
                if (digits.length === 6) input.form?.requestSubmit();
              }}
            />
          </Field>
        ) : (
          <Field name="code" label="Recovery code" required>
            <Input
              ref={field}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={32}
              autoFocus
              data-secret=""
              className="font-mono"
            />
          </Field>
        )}
        <SubmitButton size="tall" className="mt-1 w-full" disabled={wait.left > 0} busyLabel="Checking">
          Go on
        </SubmitButton>
        <div>
          <Button variant="quiet" className="-ml-3" onClick={() => setKind(kind === "app" ? "recovery" : "app")}>
            {kind === "app" ? "Use a recovery code" : "Use the code from my app"}
          </Button>
        </div>
      </Form>
      <AuthFoot>
        <p className="flex flex-wrap items-center justify-between gap-2">
          Not you, or no code at hand? <SignOutButton />
        </p>
      </AuthFoot>
    </>
  );
}
