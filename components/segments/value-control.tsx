"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import { type NamedKind, useNamed } from "@/components/contacts/use-named";
import { Combobox } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { type BuilderField, valuesGiven } from "@/lib/client/segments";
import { isOperator, operators } from "@/lib/domain/segments/operators";
import { type RuleValue, ruleLimits } from "@/lib/domain/segments/rules";

type ControlProps = {
  field: BuilderField;
  operator: string;
  value: RuleValue | undefined;
  onChange: (value: RuleValue | undefined) => void;
};

/** What a rule's operator wants to know, as the smallest control that can say it. */
export function ValueControl({ field, operator, value, onChange }: ControlProps) {
  if (!isOperator(operator)) return null;
  const label = `Value of ${field.label}`;
  switch (operators[operator].takes) {
    case "none":
      return null;
    case "text":
      return (
        <Input
          aria-label={label}
          value={typeof value === "string" ? value : ""}
          maxLength={ruleLimits.text}
          placeholder={operator === "domain_is" ? "example.com" : "Text"}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "number":
      return <NumberInput label={label} value={value} onChange={onChange} />;
    case "days":
      return <NumberInput label={`Days of ${field.label}`} value={value} onChange={onChange} after="days" isWhole />;
    case "times":
      return <NumberInput label={`Times of ${field.label}`} value={value} onChange={onChange} after="times" isWhole />;
    case "date":
      return (
        <Input
          aria-label={label}
          type="date"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      );
    case "range": {
      const [from, to] = Array.isArray(value) && typeof value[0] === "number" ? (value as [number, number]) : [0, 0];
      return (
        <span className="flex items-center gap-2">
          <NumberInput
            label={`${label}, from`}
            value={from}
            onChange={(low) => onChange([typeof low === "number" ? low : 0, to])}
          />
          <span className="text-13 text-soft">and</span>
          <NumberInput
            label={`${label}, to`}
            value={to}
            onChange={(high) => onChange([from, typeof high === "number" ? high : 0])}
          />
        </span>
      );
    }
    case "many":
      return <ManyControl {...{ field, operator, value, onChange }} />;
  }
}

/** Its own text while one types, so that "-" and "1." are not taken away under the fingers. */
function NumberInput({
  label,
  value,
  onChange,
  after,
  isWhole = false,
}: {
  label: string;
  value: RuleValue | undefined;
  onChange: (value: number | undefined) => void;
  after?: string;
  isWhole?: boolean;
}) {
  const [text, setText] = useState(typeof value === "number" ? String(value) : "");
  return (
    <Input
      aria-label={label}
      inputMode={isWhole ? "numeric" : "decimal"}
      value={text}
      {...(after ? { after } : {})}
      className="min-w-20"
      onChange={(event) => {
        const typed = isWhole ? event.target.value.replace(/\D/g, "") : event.target.value;
        setText(typed);
        const read = Number(typed.replace(",", "."));
        onChange(typed.trim() === "" || !Number.isFinite(read) ? undefined : read);
      }}
    />
  );
}

function ManyControl({ field, value, onChange }: ControlProps) {
  const id = useId();
  const [text, setText] = useState("");
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const { choices, onType, nameOf } = useChoices(field);
  const set = (values: string[]) => onChange(values.length > 0 ? values : undefined);
  const add = (one: string) => {
    const plain = one.trim();
    if (plain && !chosen.includes(plain) && chosen.length < ruleLimits.values) set([...chosen, plain]);
  };
  const rest = choices.filter((choice) => !chosen.includes(choice.value));
  return (
    <span className="flex min-w-0 flex-col gap-1.5">
      {field.values ? (
        <Combobox
          id={id}
          aria-label={`Add a value to ${field.label}`}
          choices={rest}
          onType={onType}
          value={null}
          placeholder={chosen.length > 0 ? "Add another" : "Choose"}
          emptyText={field.values.length === 0 ? "There is none yet." : "Nothing by that name."}
          onChange={(one) => one && add(one)}
        />
      ) : (
        <Input
          aria-label={`Add a value to ${field.label}`}
          value={text}
          maxLength={ruleLimits.text}
          placeholder="Type, then Enter"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onBlur={() => {
            add(text);
            setText("");
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== ",") return;
            event.preventDefault();
            add(text);
            setText("");
          }}
        />
      )}
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-1" aria-label={`Values of ${field.label}`}>
          {chosen.map((one) => (
            <li
              key={one}
              className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-sunken pl-2 text-12 coarse:h-11 coarse:text-13"
            >
              <span className="truncate" dir="auto">
                {nameOf(one)}
              </span>
              <button
                type="button"
                aria-label={`Take away ${nameOf(one)}`}
                className="grid size-6 flex-none place-items-center rounded-sm text-faint hover:text-ink coarse:size-11"
                onClick={() => set(chosen.filter((other) => other !== one))}
              >
                <X aria-hidden="true" className="!size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </span>
  );
}

const namedKinds: Record<string, NamedKind> = { tag: "tags", company: "companies", segment: "segments" };

/** The values to choose from. Where there are more than the builder was given, the server is asked for what is typed. */
function useChoices({ values, reference }: BuilderField) {
  const [typed, setTyped] = useState("");
  const kind = values && values.length >= valuesGiven ? namedKinds[reference ?? ""] : undefined;
  const found = useNamed(kind ?? "tags", typed, kind !== undefined && typed !== "");
  const given = values ?? [];
  const more = found
    .map(({ id, name }) => ({ value: id, label: name }))
    .filter(({ value }) => !given.some((choice) => choice.value === value));
  // A name that was found by typing is still called by it when something else is typed.
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const onType = (text: string) => {
    if (more.length > 0) setKnown(new Map([...known, ...more.map(({ value, label }) => [value, label] as const)]));
    setTyped(text);
  };
  const choices = [...given, ...more];
  const nameOf = (one: string) => choices.find(({ value }) => value === one)?.label ?? known.get(one) ?? one;
  return { choices, onType, nameOf };
}
