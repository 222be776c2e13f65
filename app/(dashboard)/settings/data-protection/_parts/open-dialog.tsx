"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import type { Page } from "@/lib/client/access";
import { api } from "@/lib/client/api";
import type { ContactRow } from "@/lib/client/contacts";
import { openDataRequest } from "@/lib/client/privacy";
import { requestKindLabels } from "@/lib/domain/privacy/labels";
import { type RequestKind, requestKinds } from "@/lib/domain/privacy/vocabulary";

/** Noon of that day where the reader is, so that it is the same day for nearly everybody; of today, now. */
function onDay(day: string): string {
  const noon = new Date(`${day}T12:00:00`);
  const now = new Date();
  return (noon > now ? now : noon).toISOString();
}

/** A case may be about somebody who is a contact here, or about somebody who only says so. */
export default function OpenDialog({ onClose, onOpened }: { onClose: () => void; onOpened: () => void }) {
  const [contact, setContact] = useState<ContactRow | null>(null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Open a case"
      says="The clock runs from the day on which the person asked. Make sure that it is really them."
    >
      <Form
        onSubmit={async (values) => {
          const askedBy = String(values.askedBy ?? "").trim();
          const note = String(values.note ?? "").trim();
          const day = String(values.receivedAt ?? "");
          await openDataRequest({
            kind: values.kind as RequestKind,
            ...(contact ? { contactId: contact.id } : {}),
            ...(askedBy ? { askedBy } : {}),
            ...(note ? { note } : {}),
            ...(day ? { receivedAt: onDay(day) } : {}),
          });
          onOpened();
          toast({ text: "The case is open, its clock runs" });
          onClose();
        }}
      >
        <Field name="kind" label="What they ask">
          <RadioGroup
            defaultValue="access"
            choices={requestKinds.map((kind) => ({
              value: kind,
              label: <span className="font-medium">{requestKindLabels[kind].label}</span>,
              help: requestKindLabels[kind].says,
            }))}
          />
        </Field>
        <ContactChoice contact={contact} onChoose={setContact} />
        <Field name="askedBy" label="How they named themselves" optional>
          <Input maxLength={200} autoComplete="off" />
        </Field>
        <Field name="receivedAt" label="Asked on" help="Today, where nothing is said" optional>
          <Input type="date" max={new Date().toISOString().slice(0, 10)} />
        </Field>
        <Field name="note" label="Note" optional>
          <Input maxLength={2000} autoComplete="off" />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel="Opening">Open the case</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function ContactChoice({
  contact,
  onChoose,
}: {
  contact: ContactRow | null;
  onChoose: (contact: ContactRow | null) => void;
}) {
  const { tenantUuid } = useSignedIn();
  const id = useId();
  const [words, setWords] = useState("");
  const search = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: [tenantUuid, "contacts", "who", search],
    queryFn: ({ signal }) => api<Page<ContactRow>>("/contacts", { query: { search, limit: 5 }, signal }),
    enabled: search.length >= 2 && !contact,
  });
  if (contact) {
    return (
      <div className="flex items-center justify-between gap-2 rounded-md border border-line px-3 py-2 text-13">
        <span>
          <b>{contact.name || contact.email || contact.phone}</b>{" "}
          <span className="text-soft">{contact.name ? contact.email : null}</span>
        </span>
        <Button size="row" variant="quiet" onClick={() => onChoose(null)}>
          Somebody else
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-13 font-medium">
        Their contact <span className="ml-1 text-12 font-normal text-soft">if you like</span>
      </label>
      <Input
        id={id}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder="Name, e-mail address or phone"
        autoComplete="off"
      />
      {(found.data?.items ?? []).map((each) => (
        <Button key={each.id} size="row" variant="quiet" className="justify-start" onClick={() => onChoose(each)}>
          {each.name || each.email || each.phone} {each.name && each.email ? `(${each.email})` : ""}
        </Button>
      ))}
    </div>
  );
}
