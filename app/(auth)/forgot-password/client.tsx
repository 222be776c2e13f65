"use client";

import { TextLink } from "@/components/ui/text-link";
import { AuthFoot } from "../_parts/auth-head";
import { MailForm } from "../_parts/mail-form";

export function ForgotPassword({ boxIsOpen }: { boxIsOpen: boolean }) {
  return (
    <>
      <MailForm
        path="/password-resets"
        boxIsOpen={boxIsOpen}
        title="Choose a new password"
        says="We send you a link for it. Your old password works until you have chosen."
        button="Send me the link"
        sent={(email) => (
          <>
            If <b className="font-medium text-ink">{email}</b> has an account here, a link to choose a new password is
            on its way. It works once, for 20 minutes.
          </>
        )}
      />
      <AuthFoot>
        <p>
          It came back to you? <TextLink href="/sign-in">Sign in</TextLink>
        </p>
      </AuthFoot>
    </>
  );
}
