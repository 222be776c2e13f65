"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Form, SubmitButton } from "@/components/ui/form";
import { ApiError, api } from "@/lib/client/api";
import { AuthHead } from "../_parts/auth-head";
import { DeadLink, ToSignIn } from "../_parts/dead-link";
import { leaveTo } from "../_parts/enter";
import { keptEmail } from "../_parts/kept";
import { PasswordField } from "../_parts/password-field";
import { passwordFault } from "../_parts/password-words";
import { shapeOf } from "../_parts/shape";
import { useHashToken } from "../_parts/use-hash-token";

const shape = shapeOf({ newPassword: (value) => passwordFault(value, []) });

export function ResetPassword() {
  const hash = useHashToken();
  const [deadToken, setDeadToken] = useState<string | null>(null);
  if (hash.kind === "none" || (hash.kind === "token" && hash.token === deadToken)) {
    return (
      <DeadLink
        actions={
          <>
            <ButtonLink href="/forgot-password" variant="primary">
              Send a new link
            </ButtonLink>
            <ToSignIn />
          </>
        }
      >
        A link works once, for 20 minutes. Your password is as it was.
      </DeadLink>
    );
  }
  return (
    <>
      <AuthHead title="Choose a new password">All your sessions end with it, here and elsewhere.</AuthHead>
      <Form
        method="post"
        shape={shape}
        onSubmit={async ({ newPassword }) => {
          if (hash.kind !== "token") return;
          try {
            await api("/password-resets/confirm", { method: "POST", body: { token: hash.token, newPassword } });
          } catch (error) {
            if (!(error instanceof ApiError) || error.reason !== "dead_link") throw error;
            return setDeadToken(hash.token);
          }
          await leaveTo("/sign-in?done=password");
        }}
      >
        {/* A password manager learns from it whose password this is. */}
        <input
          type="hidden"
          name="username"
          defaultValue={hash.kind === "token" ? keptEmail() : ""}
          autoComplete="username"
        />
        <PasswordField name="newPassword" label="New password" isNew autoFocus />
        <SubmitButton size="tall" className="mt-1 w-full" disabled={hash.kind === "reading"} busyLabel="Changing">
          Change the password
        </SubmitButton>
      </Form>
    </>
  );
}
