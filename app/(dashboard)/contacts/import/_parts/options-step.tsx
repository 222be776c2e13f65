"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Band } from "@/components/ui/page-head";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { listNamesQuery } from "@/lib/client/contacts";
import { changeImport, type Import } from "@/lib/client/imports";
import { type Channel, channels } from "@/lib/domain/channels/vocabulary";
import { policyLabels } from "@/lib/domain/imports/labels";
import {
  type DateOrder,
  type DecimalMark,
  importPolicies,
  type MatchKey,
  matchKeys,
} from "@/lib/domain/imports/vocabulary";

const matchLabels: Record<MatchKey, string> = { external_id: "Their id", email: "E-mail address", phone: "Phone" };
const channelLabels: Record<Channel, string> = {
  email: "E-mail",
  sms: "SMS",
  whatsapp: "WhatsApp",
  instagram: "Instagram",
  facebook: "Facebook",
  linkedin: "LinkedIn",
  twitter: "X",
  chat: "Chat",
  contact_form: "Contact form",
};

/** Read from the reader's own words for countries: no list of ours that grows old. */
function countryChoices() {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const found: { value: string; label: string }[] = [];
  for (const first of letters)
    for (const second of letters) {
      const code = first + second;
      const name = names.of(code);
      if (name && !notCountries.has(code)) found.push({ value: code, label: name });
    }
  return found.sort((a, b) => a.label.localeCompare(b.label, "en"));
}
/** Codes that have a name without being a country, or an older code of one. */
const notCountries = new Set([
  "EU",
  "EZ",
  "UN",
  "XA",
  "XB",
  "ZZ",
  "QO",
  "AN",
  "BU",
  "CS",
  "DD",
  "FX",
  "SU",
  "TP",
  "YU",
  "ZR",
]);

export function OptionsStep({
  file,
  onSaved,
  onBack,
}: {
  file: Import;
  onSaved: (saved: Import) => void;
  onBack: () => void;
}) {
  const { tenantUuid } = useSignedIn();
  const [policy, setPolicy] = useState(file.policy);
  const [options, setOptions] = useState(file.options);
  const [tags, setTags] = useState(file.options.tags.join(", "));
  const [countries] = useState(countryChoices);
  const consentId = useId();
  const lists = useQuery(listNamesQuery(tenantUuid));
  const set = (changes: Partial<Import["options"]>) => setOptions((before) => ({ ...before, ...changes }));
  const save = useMutation({
    mutationFn: () => {
      const { newAttributes: _, ...own } = options;
      const names = tags.split(/[,;]/).map((name) => name.trim());
      return changeImport(file.id, { policy, options: { ...own, tags: [...new Set(names)].filter(Boolean) } });
    },
    onSuccess: onSaved,
  });
  const { consent } = options;
  const hasEmptyConsent = consent !== null && (consent.channels.length === 0 || consent.source.trim() === "");

  return (
    <div className="grid max-w-[820px] gap-1">
      {save.error && (
        <Note tone="bad" role="alert" className="mb-3">
          {save.error.message}
        </Note>
      )}
      <Band title="Known people" says="What happens with a row whose person is here already.">
        <div className="grid gap-4">
          <RadioGroup
            legend={<span className="sr-only">Known people</span>}
            choices={importPolicies.map((value) => ({
              value,
              label: policyLabels[value].label,
              help: policyLabels[value].says,
            }))}
            value={policy}
            onChange={setPolicy}
          />
          {policy !== "create" && (
            <fieldset className="flex flex-wrap gap-x-5">
              <legend className="mb-1 text-13 font-medium">Known by</legend>
              {matchKeys.map((key) => (
                <Checkbox
                  key={key}
                  label={matchLabels[key]}
                  checked={options.match.includes(key)}
                  onChange={(event) =>
                    set({
                      match: matchKeys.filter((each) =>
                        each === key ? event.target.checked : options.match.includes(each),
                      ),
                    })
                  }
                />
              ))}
            </fieldset>
          )}
        </div>
      </Band>
      <Band title="How to read it" says="Only where the file leaves it open.">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Field name="country" label="Phone numbers without a country" optional>
            <Select
              choices={countries}
              placeholder="As the workspace's time zone says"
              value={options.defaultCountry ?? ""}
              onChange={(event) => set({ defaultCountry: event.target.value || null })}
            />
          </Field>
          <Field name="dates" label="Dates like 03/04/2026" optional>
            <Select
              choices={[
                { value: "day_first", label: "3 April: the day first" },
                { value: "month_first", label: "March 4: the month first" },
              ]}
              placeholder="As the column's other dates say"
              value={options.dateOrder ?? ""}
              onChange={(event) => set({ dateOrder: (event.target.value || null) as DateOrder | null })}
            />
          </Field>
          <Field name="numbers" label="Numbers like 1,234" optional>
            <Select
              choices={[
                { value: "point", label: "One thousand: decimals have a point" },
                { value: "comma", label: "One and a bit: decimals have a comma" },
              ]}
              placeholder="As the column's other numbers say"
              value={options.decimalMark ?? ""}
              onChange={(event) => set({ decimalMark: (event.target.value || null) as DecimalMark | null })}
            />
          </Field>
        </div>
      </Band>
      <Band title="For everybody" says="Given to each person of the file, new or known.">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Field name="tags" label="Tags" help="Parted by commas." optional>
            <Input value={tags} onChange={(event) => setTags(event.target.value)} autoComplete="off" maxLength={500} />
          </Field>
          <Field name="list" label="Put into a list" optional>
            <Select
              choices={(lists.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              placeholder={lists.data?.items.length === 0 ? "There is no list yet" : "No list"}
              value={options.segmentId ?? ""}
              onChange={(event) => set({ segmentId: event.target.value || null })}
            />
          </Field>
        </div>
      </Band>
      <Band
        title="Consent"
        says="A file cannot agree for anybody. Say it only where these people really did, and where it can be shown."
      >
        <div className="grid gap-3">
          <Checkbox
            label="These people agreed to marketing"
            help="Whoever has opted out stays opted out, and suppressed addresses stay suppressed."
            checked={consent !== null}
            onChange={(event) => set({ consent: event.target.checked ? { channels: ["email"], source: "" } : null })}
          />
          {consent && (
            <>
              <fieldset className="flex flex-wrap gap-x-5" aria-labelledby={consentId}>
                <legend id={consentId} className="mb-1 text-13 font-medium">
                  By
                </legend>
                {channels.map((channel) => (
                  <Checkbox
                    key={channel}
                    label={channelLabels[channel]}
                    checked={consent.channels.includes(channel)}
                    onChange={(event) =>
                      set({
                        consent: {
                          ...consent,
                          channels: channels.filter((each) =>
                            each === channel ? event.target.checked : consent.channels.includes(each),
                          ),
                        },
                      })
                    }
                  />
                ))}
              </fieldset>
              <Field
                name="source"
                label="Where they said it"
                help="Kept with each consent as its proof: the form, the fair, the contract, with its date."
                required
              >
                <Input
                  value={consent.source}
                  maxLength={300}
                  onChange={(event) => set({ consent: { ...consent, source: event.target.value } })}
                />
              </Field>
            </>
          )}
        </div>
      </Band>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          busy={save.isPending}
          onClick={() => save.mutate()}
          offBecause={
            hasEmptyConsent
              ? "Say by which channels they agreed, and where."
              : policy !== "create" && options.match.length === 0
                ? "Choose by what a known person is found."
                : undefined
          }
        >
          Check the file
        </Button>
        <Button onClick={onBack}>Back to the columns</Button>
      </div>
    </div>
  );
}
