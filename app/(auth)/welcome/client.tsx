"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Form, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { createWorkspace, openWorkspace } from "@/lib/client/access";
import { roleLabels } from "@/lib/domain/access/labels";
import type { WorkspaceRef } from "@/lib/domain/access/shapes";
import { AuthFoot, AuthHead } from "../_parts/auth-head";
import { leaveTo } from "../_parts/enter";
import { needs, shapeOf } from "../_parts/shape";
import { SignOutButton } from "../_parts/sign-out-button";

const shape = shapeOf({ name: needs("Give it a name.") });

/** Signed in, and in no workspace: the last one was left, or the address came by Google or GitHub. */
export function Welcome({ name, email, workspaces }: { name: string; email: string; workspaces: WorkspaceRef[] }) {
  const [opening, setOpening] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const open = async (tenantUuid: string) => {
    setOpening(tenantUuid);
    setFault(null);
    try {
      await openWorkspace(tenantUuid);
      await leaveTo("/overview");
    } catch (error) {
      setFault(error instanceof Error ? error.message : "The workspace did not open.");
    }
    setOpening(null);
  };
  const has = workspaces.length > 0;
  return (
    <>
      <AuthHead title={`Welcome, ${name}`}>
        {has
          ? "You are no longer in the workspace you had open. Open another, or create one."
          : "You belong to no workspace yet. Create one, or open the invitation in your mailbox."}
      </AuthHead>
      {fault && (
        <Note tone="bad" role="alert" className="mb-4">
          {fault}
        </Note>
      )}
      {has && (
        <ul className="mb-6 divide-y divide-line border-y border-line" aria-label="Your workspaces">
          {workspaces.map((workspace) => (
            <li key={workspace.tenantUuid} className="flex items-center justify-between gap-3 py-2">
              <span className="min-w-0">
                <span className="block truncate font-medium">{workspace.name}</span>
                <span className="block text-12 text-soft">{roleLabels[workspace.role].label}</span>
              </span>
              <Button
                busy={opening === workspace.tenantUuid}
                disabled={opening !== null}
                aria-label={`Open ${workspace.name}`}
                onClick={() => void open(workspace.tenantUuid)}
              >
                Open
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Form
        method="post"
        keepAs="first-workspace"
        shape={shape}
        onSubmit={async (values) => {
          const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
          const { workspace } = await createWorkspace({ name: String(values.name).trim(), timeZone });
          await openWorkspace(workspace.tenantUuid);
          await leaveTo("/overview");
        }}
      >
        <Field name="name" label="Name of the workspace" help="As your team calls the shop or the brand." required>
          <Input autoComplete="organization" maxLength={80} autoFocus={!has} />
        </Field>
        <SubmitButton size="tall" variant={has ? "second" : "primary"} className="mt-1 w-full" busyLabel="Creating">
          Create the workspace
        </SubmitButton>
      </Form>
      <AuthFoot>
        <p className="flex flex-wrap items-center justify-between gap-2">
          <span className="min-w-0 break-all">Signed in as {email}</span>
          <SignOutButton />
        </p>
      </AuthFoot>
    </>
  );
}
