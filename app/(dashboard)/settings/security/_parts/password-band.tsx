"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Band } from "@/components/ui/page-head";
import { toast } from "@/components/ui/toast";
import { changePassword, meQuery, sessionsQuery } from "@/lib/client/access";
import { judgePassword, passwordLength, passwordRefusals } from "@/lib/domain/access/password";

export function PasswordBand() {
  const { person } = useSignedIn();
  const [isOpen, setOpen] = useState(false);
  return (
    <Band
      title="Password"
      says={person.hasPassword ? "Changing it ends all your other sessions." : "You sign in without one."}
    >
      {isOpen ? (
        <PasswordForm onClose={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>
          {person.hasPassword ? "Change the password" : "Choose a password"}
        </Button>
      )}
    </Band>
  );
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const { tenantUuid, person } = useSignedIn();
  const client = useQueryClient();
  const [isShown, setShown] = useState(false);
  const type = isShown ? "text" : "password";
  return (
    <Form
      className="max-w-[440px]"
      shape={{
        safeParse: (values) => {
          const { currentPassword, newPassword } = values as Record<string, string>;
          const issues = [];
          if (person.hasPassword && !currentPassword)
            issues.push({ path: ["currentPassword"], message: "Write your current password." });
          if (!newPassword) issues.push({ path: ["newPassword"], message: "Write a new password." });
          else {
            // The list of common ones lives on the server, which has the last word.
            const verdict = judgePassword(newPassword, { about: [person.email, person.name], isCommon: () => false });
            if (verdict.kind === "refuse")
              issues.push({ path: ["newPassword"], message: passwordRefusals[verdict.because] });
          }
          return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
        },
      }}
      onSubmit={async (values) => {
        const { revoked } = await changePassword({
          newPassword: String(values.newPassword),
          ...(person.hasPassword ? { currentPassword: String(values.currentPassword) } : {}),
        });
        void client.invalidateQueries({ queryKey: sessionsQuery(tenantUuid).queryKey });
        void client.invalidateQueries({ queryKey: meQuery(tenantUuid).queryKey });
        onClose();
        toast({ text: `Password changed. ${endedWords(revoked)}` });
      }}
    >
      {/* A password manager learns from it whose password this is. */}
      <input type="hidden" name="username" value={person.email} autoComplete="username" />
      {person.hasPassword && (
        <Field name="currentPassword" label="Current password" required>
          <Input type={type} autoComplete="current-password" maxLength={512} autoFocus />
        </Field>
      )}
      <Field
        name="newPassword"
        label="New password"
        help={`At least ${passwordLength.min} characters. Length helps more than signs; a sentence is fine.`}
        required
      >
        <Input type={type} autoComplete="new-password" maxLength={512} autoFocus={!person.hasPassword} />
      </Field>
      <FormActions>
        <SubmitButton busyLabel="Changing">
          {person.hasPassword ? "Change the password" : "Set the password"}
        </SubmitButton>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? "Hide what I type" : "Show what I type"}
        </Button>
      </FormActions>
    </Form>
  );
}

export function endedWords(count: number): string {
  if (count === 0) return "No other session was open.";
  return count === 1 ? "1 other session has ended." : `${count} other sessions have ended.`;
}
