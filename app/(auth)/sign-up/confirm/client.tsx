"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Form, SubmitButton } from "@/components/ui/form";
import { ApiError, api } from "@/lib/client/api";
import { AuthHead } from "../../_parts/auth-head";
import { DeadLink, ToSignIn } from "../../_parts/dead-link";
import { enter, leaveTo } from "../../_parts/enter";
import { keepEmail, keptEmail, takeNext } from "../../_parts/kept";
import { home } from "../../_parts/next-path";
import { PasswordField } from "../../_parts/password-field";
import { passwordFault } from "../../_parts/password-words";
import { shapeOf } from "../../_parts/shape";
import { useHashToken } from "../../_parts/use-hash-token";

const shape = shapeOf({ password: (value) => passwordFault(value, []) });

export function ConfirmSignUp() {
  const hash = useHashToken();
  const [dead, setDead] = useState<{ token: string; isKnown: boolean } | null>(null);

  if (hash.kind === "none" || (hash.kind === "token" && hash.token === dead?.token)) {
    return dead?.isKnown ? (
      <>
        <AuthHead title="You have an account already" takesFocus>
          This address has one since you asked. Sign in with it.
        </AuthHead>
        <ToSignIn variant="primary" />
      </>
    ) : (
      <DeadLink
        actions={
          <>
            <ToSignIn variant="primary" />
            <ButtonLink href="/sign-up">Ask for a new one</ButtonLink>
          </>
        }
      >
        If you have opened it before, your account is ready: sign in. A link works once, for a day.
      </DeadLink>
    );
  }
  return (
    <>
      <AuthHead title="Choose a password">The address is yours; with a password the workspace is too.</AuthHead>
      <Form
        method="post"
        shape={shape}
        onSubmit={async (values) => {
          if (hash.kind !== "token") return;
          const password = String(values.password);
          try {
            const { email } = await api<{ email: string }>("/sign-up/confirm", {
              method: "POST",
              body: { token: hash.token, password },
            });
            keepEmail(email);
            const next = takeNext();
            const entry = await enter("password", { email, password });
            if (entry.kind === "in") return leaveTo(next);
            return leaveTo(`/sign-in?done=confirmed${next === home ? "" : `&next=${encodeURIComponent(next)}`}`);
          } catch (error) {
            const reason = error instanceof ApiError ? error.reason : null;
            if (reason !== "dead_link" && reason !== "known_address") throw error;
            setDead({ token: hash.token, isKnown: reason === "known_address" });
          }
        }}
      >
        {/* A password manager learns from it whose password this is. */}
        <input
          type="hidden"
          name="username"
          defaultValue={hash.kind === "token" ? keptEmail() : ""}
          autoComplete="username"
        />
        <PasswordField isNew autoFocus />
        <SubmitButton
          size="tall"
          className="mt-1 w-full"
          disabled={hash.kind === "reading"}
          busyLabel="Making the workspace"
        >
          Open the workspace
        </SubmitButton>
      </Form>
    </>
  );
}
