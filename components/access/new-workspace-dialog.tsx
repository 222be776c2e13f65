"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { createWorkspace, openWorkspace } from "@/lib/client/access";

export default function NewWorkspaceDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Create a workspace"
      says="It has its own people, keys and log. You become its owner and go there at once."
      width="small"
    >
      <Form
        keepAs="new-workspace"
        shape={{
          safeParse: (values) =>
            String((values as { name?: unknown }).name ?? "").trim()
              ? { success: true }
              : { success: false, error: { issues: [{ path: ["name"], message: "Give it a name." }] } },
        }}
        onSubmit={async (values) => {
          const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
          const { workspace } = await createWorkspace({ name: String(values.name).trim(), timeZone });
          await openWorkspace(workspace.tenantUuid);
          window.location.assign("/overview");
        }}
      >
        <Field name="name" label="Name" help="As your team calls the shop or the brand.">
          <Input autoComplete="organization" maxLength={80} autoFocus required />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Creating">Create</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
