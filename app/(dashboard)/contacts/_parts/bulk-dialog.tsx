"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { NamedInput } from "@/components/contacts/named-input";
import { useOwners } from "@/components/contacts/use-owners";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import type { FormShape, FormValues } from "@/components/ui/form-faults";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { type Change, type ChangeTarget, listNamesQuery } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { channels } from "@/lib/domain/channels/vocabulary";
import { stageLabels } from "@/lib/domain/contacts/labels";
import { stages } from "@/lib/domain/contacts/vocabulary";
import { useChange } from "./use-change";

export type Asked = { act: Change["act"]; target: ChangeTarget; who: string; clear: () => void };

type Act = {
  title: (who: string) => string;
  says: string;
  confirm: string;
  fields: () => ReactNode;
  shape: FormShape;
  detail: (values: FormValues) => Record<string, unknown>;
};

const text = (values: FormValues, name: string) => String(values[name] ?? "").trim();

/** The fields that have to be filled in, each with what to do about it. */
function needs(wanted: Record<string, string>): FormShape {
  return {
    safeParse: (values) => {
      const issues = Object.entries(wanted)
        .filter(([name]) => !text(values as FormValues, name))
        .map(([name, message]) => ({ path: [name], message }));
      return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
    },
  };
}

const acts: Record<Exclude<Change["act"], "delete">, Act> = {
  tag: {
    title: (who) => `Tag ${who}`,
    says: "A tag that is not there yet is made. Whoever has it keeps it.",
    confirm: "Tag them",
    fields: () => <TagField />,
    shape: needs({ tag: "Write the tag." }),
    detail: (values) => ({ tag: text(values, "tag") }),
  },
  untag: {
    title: (who) => `Take a tag from ${who}`,
    says: "Only from these; the tag itself stays.",
    confirm: "Take it away",
    fields: () => <TagField />,
    shape: needs({ tag: "Write the tag." }),
    detail: (values) => ({ tag: text(values, "tag") }),
  },
  owner: {
    title: (who) => `Give ${who} an owner`,
    says: "The one who looks after them. Tasks that exist stay with whom they are.",
    confirm: "Set the owner",
    fields: () => <OwnerField />,
    shape: needs({}),
    detail: (values) => ({ ownerId: text(values, "ownerId") || null }),
  },
  stage: {
    title: (who) => `Move ${who} to a stage`,
    says: "Where they stand on the way to buying.",
    confirm: "Move them",
    fields: () => (
      <Field name="stage" label="Stage">
        <Select autoFocus choices={stages.map((value) => ({ value, label: stageLabels[value] }))} />
      </Field>
    ),
    shape: needs({ stage: "Choose a stage." }),
    detail: (values) => ({ stage: text(values, "stage") }),
  },
  segment_add: {
    title: (who) => `Put ${who} on a list`,
    says: "Lists are segments that people fill by hand.",
    confirm: "Put them on it",
    fields: () => <ListField />,
    shape: needs({ segmentId: "Choose a list." }),
    detail: (values) => ({ segmentId: text(values, "segmentId") }),
  },
  segment_remove: {
    title: (who) => `Take ${who} off a list`,
    says: "They stay contacts; only the list forgets them.",
    confirm: "Take them off",
    fields: () => <ListField />,
    shape: needs({ segmentId: "Choose a list." }),
    detail: (values) => ({ segmentId: text(values, "segmentId") }),
  },
  consent: {
    title: (who) => `Note what ${who} agreed to`,
    says: "Who said no themselves stays at no: nothing noted here outweighs a person's own word.",
    confirm: "Note it",
    fields: () => <ConsentFields />,
    shape: needs({ source: "Say where it comes from: a year from now somebody will ask." }),
    detail: (values) => ({
      channel: text(values, "channel"),
      state: text(values, "state"),
      purpose: "marketing",
      source: text(values, "source"),
    }),
  },
};

/** What is done to many at once: what with, and one press. Deleting asks for the number to be written out. */
export default function BulkDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const change = useChange();
  const run = async (detail: Record<string, unknown>) => {
    await change(asked.act, asked.target, detail);
    asked.clear();
  };
  if (asked.act === "delete")
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title={`Delete ${asked.who}`}
        says="Notes, tasks, history and consent go with them. Suppressed addresses stay suppressed. You can take it back for as long as changes are kept."
        typed="delete"
        confirm="Delete them"
        keep="Keep them"
        onConfirm={() => run({})}
      />
    );
  const act = acts[asked.act];
  return (
    <Dialog isOpen onClose={onClose} title={act.title(asked.who)} says={act.says} width="small">
      <Form
        shape={act.shape}
        onSubmit={async (values) => {
          await run(act.detail(values));
          onClose();
        }}
      >
        {act.fields()}
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Changing">{act.confirm}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function TagField() {
  return (
    <Field name="tag" label="Tag">
      <NamedInput kind="tags" maxLength={60} autoFocus />
    </Field>
  );
}

function OwnerField() {
  const owners = useOwners();
  return (
    <Field name="ownerId" label="Owner">
      <Select placeholder="Nobody" autoFocus choices={owners.map(({ id, name }) => ({ value: id, label: name }))} />
    </Field>
  );
}

function ListField() {
  const { tenantUuid } = useSignedIn();
  const found = useQuery(listNamesQuery(tenantUuid));
  const lists = found.data?.items ?? [];
  if (found.data && lists.length === 0)
    return <Note>There is no list yet. Make one under Segments, then come back: the selection stays.</Note>;
  return (
    <Field name="segmentId" label="List">
      <Select
        placeholder="Choose a list"
        autoFocus
        choices={lists.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Field>
  );
}

function ConsentFields() {
  return (
    <>
      <Field name="channel" label="Channel">
        <Select autoFocus choices={channels.map((value) => ({ value, label: channelLabels[value] }))} />
      </Field>
      <Field name="state" label="Marketing">
        <RadioGroup
          defaultValue="granted"
          choices={[
            { value: "granted", label: "They agreed" },
            { value: "denied", label: "They do not want it" },
          ]}
        />
      </Field>
      <Field name="source" label="Where it comes from">
        <Input maxLength={200} placeholder="Sign-up sheet of the fair in Jacmel, 14 November" autoComplete="off" />
      </Field>
    </>
  );
}
