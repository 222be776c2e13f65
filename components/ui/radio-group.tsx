"use client";

import { type ReactNode, useContext, useId } from "react";
import { Radio } from "./checkbox";
import { FieldContext } from "./field-context";

/** A few choices, all in sight, each with a line of what it means. */
export function RadioGroup<Value extends string>({
  name,
  legend,
  choices,
  value,
  defaultValue,
  onChange,
}: {
  name?: string;
  /** Leave out inside a `Field`, whose label names the group. */
  legend?: ReactNode;
  choices: readonly { value: Value; label: ReactNode; help?: ReactNode; disabled?: boolean }[];
  value?: Value;
  defaultValue?: Value;
  onChange?: (value: Value) => void;
}) {
  const field = useContext(FieldContext);
  const own = useId();
  const group = name ?? field?.name ?? own;
  return (
    <fieldset
      className="grid gap-1"
      aria-describedby={field?.describedBy}
      aria-labelledby={legend || !field ? undefined : `${field.id}-label`}
    >
      {legend && <legend className="mb-1 text-13 font-medium">{legend}</legend>}
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          name={group}
          value={choice.value}
          label={choice.label}
          help={choice.help}
          disabled={choice.disabled}
          {...(value === undefined
            ? { defaultChecked: choice.value === defaultValue }
            : { checked: choice.value === value })}
          onChange={() => onChange?.(choice.value)}
        />
      ))}
    </fieldset>
  );
}
