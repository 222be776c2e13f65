"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { prove, signOut } from "@/lib/client/access";

/** How this person can show that it is them: the second factor where it is on, else the password, else a new sign-in. */
export type ProofWay = "code" | "password" | "sign-in";

const says: Record<ProofWay, string> = {
  code: "This needs a fresh sign that you are at the keyboard. You are then asked no more for 15 minutes.",
  password: "This needs a fresh sign that you are at the keyboard. You are then asked no more for 15 minutes.",
  "sign-in": "You have no password here, so the way to confirm it is to sign out and in again.",
};

export default function ProofDialog({
  way,
  onDone,
  onCancel,
}: {
  way: ProofWay;
  onDone: () => void;
  onCancel: () => void;
}) {
  return (
    <Dialog isOpen onClose={onCancel} title="Confirm that it is you" says={says[way]} width="small">
      {way === "sign-in" ? (
        <SignInAgain onCancel={onCancel} />
      ) : (
        <Form
          onSubmit={async (values) => {
            const given = String(values[way] ?? "");
            await prove(way === "code" ? { code: given.trim() } : { password: given });
            onDone();
          }}
        >
          {way === "code" ? (
            <Field name="code" label="Code from your authenticator app" help="Or one of your recovery codes.">
              <Input
                autoComplete="one-time-code"
                inputMode="text"
                spellCheck={false}
                maxLength={32}
                autoFocus
                required
              />
            </Field>
          ) : (
            <Field name="password" label="Your password">
              <Input type="password" autoComplete="current-password" maxLength={512} autoFocus required />
            </Field>
          )}
          <FormActions className="justify-end">
            <Button onClick={onCancel}>Not now</Button>
            <SubmitButton busyLabel="Confirming">Confirm</SubmitButton>
          </FormActions>
        </Form>
      )}
    </Dialog>
  );
}

function SignInAgain({ onCancel }: { onCancel: () => void }) {
  const [isBusy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    await signOut();
    const here = window.location.pathname + window.location.search;
    window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
  };
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={onCancel}>Not now</Button>
      <Button variant="primary" busy={isBusy} onClick={() => void leave()}>
        Sign out and in again
      </Button>
    </div>
  );
}
