"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { currencyChoices, zoneChoices } from "@/components/access/zones";
import { RunsLink } from "@/components/engine/runs-link";
import { QueryView } from "@/components/feedback/query-view";
import { FormSkeleton } from "@/components/feedback/skeleton";
import { Combobox } from "@/components/ui/combobox";
import { CopyField } from "@/components/ui/copy-field";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import type { FormShape } from "@/components/ui/form-faults";
import { Input, Textarea } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Band } from "@/components/ui/page-head";
import { toast } from "@/components/ui/toast";
import { changeWorkspace, type Workspace, type WorkspaceChanges, workspaceQuery } from "@/lib/client/access";

export function WorkspaceSettings() {
  const { tenantUuid } = useSignedIn();
  const workspace = useQuery(workspaceQuery(tenantUuid));
  return (
    <QueryView
      query={workspace}
      skeleton={<FormSkeleton fields={5} />}
      error={{ title: "The settings did not load", safe: "They stay as they are." }}
    >
      {(data) => <SettingsForm workspace={data} />}
    </QueryView>
  );
}

function SettingsForm({ workspace }: { workspace: Workspace }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  // What undo brought back, straight from its answer: the form begins again with it.
  const [restored, setRestored] = useState<Workspace | null>(null);
  const shown = restored ?? workspace;
  const mayChange = can("workspace:write");

  const save = async (changes: WorkspaceChanges) => {
    const saved = await changeWorkspace(changes);
    client.setQueryData(workspaceQuery(tenantUuid).queryKey, saved);
    // The shell writes the name, the overview asks for what is missing, the log has a line more.
    void client.invalidateQueries({ queryKey: [tenantUuid, "me"] });
    void client.invalidateQueries({ queryKey: [tenantUuid, "needs-you"] });
    void client.invalidateQueries({ queryKey: [tenantUuid, "audit"] });
    return saved;
  };

  const undo = async (changes: WorkspaceChanges) => {
    try {
      setRestored(await save(changes));
      toast({ tone: "info", text: "Settings are as they were" });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Not undone." });
    }
  };

  return (
    <>
      {!mayChange && <Note className="mb-5 max-w-[640px]">Owners and admins change these. You see what is set.</Note>}
      <Form
        key={restored?.updatedAt ?? "first"}
        className="!gap-0"
        shape={settingsShape}
        onSubmit={async (values) => {
          const { changes, before } = differences(workspace, valuesFrom(values));
          if (Object.keys(changes).length === 0) {
            toast({ tone: "info", text: "Nothing was different" });
            return;
          }
          await save(changes);
          toast({ text: "Settings saved", onUndo: () => void undo(before) });
        }}
      >
        <Band title="What it is" says="As everybody here and every letter names it.">
          <div className="grid max-w-[440px] gap-3.5">
            <Field name="name" label="Name" required>
              <Input defaultValue={shown.name} maxLength={80} disabled={!mayChange} autoComplete="organization" />
            </Field>
            <Field
              name="postalAddress"
              label="Postal address"
              help="Stands under every marketing letter, because the law asks for it."
            >
              <Textarea
                defaultValue={shown.postalAddress ?? ""}
                maxLength={500}
                rows={3}
                disabled={!mayChange}
                autoComplete="street-address"
                placeholder={"12 rue Pavée\nPort-au-Prince, Haiti"}
              />
            </Field>
          </div>
        </Band>
        <Band title="How it counts" says="A day, an hour and a price mean the same for the whole team.">
          <div className="grid max-w-[440px] gap-3.5">
            <ZoneField chosen={shown.timeZone} isOff={!mayChange} />
            <CurrencyField chosen={shown.currency} isOff={!mayChange} />
          </div>
        </Band>
        <Band title="Where keys work" says="Programs on servers need nothing here. Only browsers ask.">
          <div className="grid max-w-[440px] gap-3.5">
            <Field
              name="allowedOrigins"
              label="Web origins that may use a key"
              help="One in each line, such as https://shop.example. Without any, no website can call with a key."
              optional
            >
              <Textarea
                defaultValue={shown.allowedOrigins.join("\n")}
                rows={3}
                disabled={!mayChange}
                spellCheck={false}
                className="font-mono !text-13"
              />
            </Field>
            <CopyField
              label="Workspace id"
              value={workspace.tenantUuid}
              help={
                <>
                  What programs call <span className="font-mono">tenant_uuid</span>. It never changes.
                </>
              }
            />
            <p className="text-13 text-soft empty:hidden">
              <RunsLink kind="workspace" id={workspace.tenantUuid}>
                What runs in the background for this workspace
              </RunsLink>
            </p>
          </div>
        </Band>
        {mayChange && (
          <div className="border-t border-line pt-4 md:pl-[196px]">
            <FormActions>
              <SubmitButton busyLabel="Saving">Save the settings</SubmitButton>
            </FormActions>
          </div>
        )}
      </Form>
    </>
  );
}

function ZoneField({ chosen, isOff }: { chosen: string; isOff: boolean }) {
  const [zone, setZone] = useState<string | null>(chosen);
  const choices = useMemo(() => zoneChoices(chosen, new Date()), [chosen]);
  return (
    <Field name="timeZone" label="Time zone" help="Where a day begins and ends: for limits, quiet hours and reports.">
      <Combobox choices={choices} value={zone} onChange={setZone} placeholder="Find a city" disabled={isOff} />
    </Field>
  );
}

function CurrencyField({ chosen, isOff }: { chosen: string; isOff: boolean }) {
  const [currency, setCurrency] = useState<string | null>(chosen);
  const choices = useMemo(() => currencyChoices(chosen), [chosen]);
  return (
    <Field name="currency" label="Currency" help="Budgets and revenue are counted in it.">
      <Combobox
        choices={choices}
        value={currency}
        onChange={setCurrency}
        placeholder="Find a currency"
        disabled={isOff}
      />
    </Field>
  );
}

type Values = Required<WorkspaceChanges>;

function valuesFrom(values: Record<string, unknown>): Values {
  const text = (name: string) => String(values[name] ?? "").trim();
  return {
    name: text("name"),
    timeZone: text("timeZone"),
    currency: text("currency"),
    postalAddress: text("postalAddress") || null,
    allowedOrigins: originsIn(text("allowedOrigins")),
  };
}

function originsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** Only what is different is sent: what a colleague changed meanwhile stays theirs. */
function differences(workspace: Workspace, values: Values): { changes: WorkspaceChanges; before: WorkspaceChanges } {
  const names = (Object.keys(values) as (keyof Values)[]).filter(
    (name) => JSON.stringify(values[name]) !== JSON.stringify(workspace[name]),
  );
  const pick = (from: Values | Workspace) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { changes: pick(values), before: pick(workspace) };
}

const settingsShape: FormShape = {
  safeParse: (input) => {
    const values = valuesFrom(input as Record<string, unknown>);
    const issues = [];
    if (!values.name) issues.push({ path: ["name"], message: "A workspace needs a name." });
    const odd = values.allowedOrigins.find((origin) => !isOrigin(origin));
    if (odd) {
      const message = `“${odd}” is not an origin. Write it as https://shop.example, without a path.`;
      issues.push({ path: ["allowedOrigins"], message });
    }
    return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
  },
};

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.origin === text.toLowerCase();
  } catch {
    return false;
  }
}
