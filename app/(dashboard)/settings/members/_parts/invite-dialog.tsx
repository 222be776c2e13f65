"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { invite } from "@/lib/client/access";
import { roleLabels } from "@/lib/domain/access/labels";
import { type Role, roles } from "@/lib/domain/access/vocabulary";

export default function InviteDialog({ sendsMail, onClose }: { sendsMail: boolean; onClose: () => void }) {
  const { tenantUuid, workspace, role: ownRole } = useSignedIn();
  const client = useQueryClient();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Invite someone to ${workspace.name}`}
      says={
        sendsMail
          ? "They get a letter with a link that works seven days."
          : "No mail provider is set up, so the letter waits in the development box at /dev/mail."
      }
    >
      <Form
        keepAs="invite"
        shape={{
          safeParse: (values) =>
            /^\S+@\S+\.\S+$/.test(String((values as { email?: unknown }).email ?? "").trim())
              ? { success: true }
              : {
                  success: false,
                  error: {
                    issues: [{ path: ["email"], message: "Write an e-mail address, such as name@shop.example." }],
                  },
                },
        }}
        onSubmit={async (values) => {
          const email = String(values.email).trim();
          await invite({ email, role: values.role as Role });
          for (const part of ["invitations", "needs-you", "audit"])
            void client.invalidateQueries({ queryKey: [tenantUuid, part] });
          onClose();
          toast({ text: `${email} is invited` });
        }}
      >
        <Field name="email" label="E-mail" required>
          <Input type="email" autoComplete="off" inputMode="email" spellCheck={false} maxLength={254} autoFocus />
        </Field>
        <Field name="role" label="As">
          <RadioGroup
            defaultValue="marketer"
            choices={roles.map((role) => ({
              value: role,
              label: <span className="font-medium">{roleLabels[role].label}</span>,
              help: role === "owner" && ownRole !== "owner" ? "Only an owner invites owners" : roleLabels[role].says,
              disabled: role === "owner" && ownRole !== "owner",
            }))}
          />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Inviting">Send the invitation</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
