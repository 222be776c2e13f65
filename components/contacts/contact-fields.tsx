"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { zoneChoices } from "@/components/access/zones";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/form";
import { fieldFromPointer } from "@/components/ui/form-faults";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Attribute, attributesQuery, type Contact } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { channels } from "@/lib/domain/channels/vocabulary";
import { customerTypeLabels, deviceLabels, stageLabels } from "@/lib/domain/contacts/labels";
import { customerTypes, devices, stages } from "@/lib/domain/contacts/vocabulary";
import { NamedInput } from "./named-input";
import { TagInput } from "./tag-input";
import { useOwners } from "./use-owners";

/** The fields of a person, for a new one and for one that is changed: the same words in the same order. */
export function ContactFields({ contact, isWhole }: { contact?: Contact; isWhole: boolean }) {
  const { tenantUuid } = useSignedIn();
  const attributes = useQuery(attributesQuery(tenantUuid));
  const [tags, setTags] = useState<string[]>(contact?.tags ?? []);
  const definitions = attributes.data?.items ?? [];
  return (
    <>
      <Field name="name" label="Name">
        <Input defaultValue={contact?.name} dir="auto" maxLength={200} autoComplete="off" autoFocus />
      </Field>
      <Field name="email" label="E-mail">
        <Input
          type="email"
          inputMode="email"
          defaultValue={contact?.email ?? ""}
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field name="phone" label="Phone" help="With its country code, like +509 3412 3456.">
        <Input type="tel" inputMode="tel" defaultValue={contact?.phone ?? ""} maxLength={40} autoComplete="off" />
      </Field>
      <Field name="company" label="Company" optional>
        <NamedInput kind="companies" defaultValue={contact?.company ?? ""} maxLength={200} />
      </Field>
      <Field name="tags" label="Tags" help="A comma or Enter ends each." optional>
        <TagInput value={tags} onChange={setTags} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field name="stage" label="Stage">
          <Select
            defaultValue={contact?.stage ?? "lead"}
            choices={stages.map((value) => ({ value, label: stageLabels[value] }))}
          />
        </Field>
        <OwnerField {...(contact?.owner ? { owner: contact.owner } : {})} />
      </div>
      {isWhole && <MoreFields {...(contact ? { contact } : {})} />}
      {definitions.length > 0 && (
        <fieldset className="grid gap-3.5 border-t border-line pt-3.5">
          <legend className="sr-only">Your own attributes</legend>
          {definitions.map((definition) => (
            <AttributeField key={definition.id} definition={definition} value={contact?.attributes[definition.key]} />
          ))}
        </fieldset>
      )}
    </>
  );
}

function OwnerField({ owner }: { owner?: { id: string; name: string } }) {
  const members = useOwners();
  const [chosen, setChosen] = useState(owner?.id ?? "");
  // One who left the workspace stays the owner until somebody else is chosen.
  const choices = members.some(({ id }) => id === owner?.id) || !owner ? members : [owner, ...members];
  return (
    <Field name="ownerId" label="Owner">
      <Select
        placeholder="Nobody"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        choices={choices.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Field>
  );
}

function MoreFields({ contact }: { contact?: Contact }) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field name="customerType" label="Customer type">
          <Select
            placeholder="As what they did says"
            defaultValue={contact?.isTypeGiven ? contact.customerType : ""}
            choices={customerTypes.map((value) => ({ value, label: customerTypeLabels[value].label }))}
          />
        </Field>
        <Field name="preferredChannel" label="Best reached by">
          <Select
            placeholder="Not known"
            defaultValue={contact?.preferredChannel ?? ""}
            choices={channels.map((value) => ({ value, label: channelLabels[value] }))}
          />
        </Field>
      </div>
      <ZoneField own={contact?.timeZone.source === "own" ? contact.timeZone.zone : null} />
      <div className="grid grid-cols-2 gap-3">
        <Field name="locale" label="Language" help="Such as fr-HT or en." optional>
          <Input defaultValue={contact?.locale ?? ""} maxLength={35} autoComplete="off" spellCheck={false} />
        </Field>
        <Field name="devicePreference" label="Reads on">
          <Select
            placeholder="Not known"
            defaultValue={contact?.devicePreference ?? ""}
            choices={devices.map((value) => ({ value, label: deviceLabels[value] }))}
          />
        </Field>
      </div>
      <Field name="externalId" label="Id in your shop" help="By it your own systems know this person." optional>
        <Input defaultValue={contact?.externalId ?? ""} maxLength={200} autoComplete="off" spellCheck={false} />
      </Field>
    </>
  );
}

function ZoneField({ own }: { own: string | null }) {
  const [zone, setZone] = useState<string | null>(own);
  const choices = useMemo(
    () => [{ value: "", label: "Found by itself", hint: "" }, ...zoneChoices(own, new Date())],
    [own],
  );
  return (
    <Field
      name="timeZone"
      label="Time zone"
      help="Left to itself it follows the phone number, the language or a visit."
    >
      <Combobox choices={choices} value={zone ?? ""} onChange={setZone} placeholder="Find a city" />
    </Field>
  );
}

/** The name under which a fault of the server comes back: the key of the attribute, as the form kit spells pointers. */
export const attributeField = (key: string) => fieldFromPointer(`/attributes/${key}`);

function AttributeField({
  definition,
  value,
}: {
  definition: Attribute;
  value: Contact["attributes"][string] | undefined;
}) {
  const text = value === null || value === undefined ? "" : String(value);
  return (
    <Field name={attributeField(definition.key)} label={definition.label}>
      {definition.type === "boolean" ? (
        <Select
          placeholder="Not known"
          defaultValue={text}
          choices={[
            { value: "true", label: "Yes" },
            { value: "false", label: "No" },
          ]}
        />
      ) : (
        <Input
          defaultValue={text}
          dir="auto"
          maxLength={1_000}
          autoComplete="off"
          {...(definition.type === "number" ? { inputMode: "decimal" as const } : {})}
          {...(definition.type === "date" ? { type: "date" } : {})}
        />
      )}
    </Field>
  );
}
