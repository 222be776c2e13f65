"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { cn } from "./class-names";
import { useControl } from "./field-context";
import { fieldEdge } from "./input";
import type { Choice } from "./select";

export type ComboboxProps = {
  choices: readonly (Choice & { hint?: string })[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** What is typed to find a choice, for lists of which not all are here. */
  onType?: (text: string) => void;
  placeholder?: string;
  emptyText?: string;
  id?: string;
  name?: string;
  disabled?: boolean;
  "aria-label"?: string;
};

const load = () => import("./combobox-body");
const Body = lazy(load);

/** A select one can type in, for more than a dozen choices. The list loads when it is first opened. */
export function Combobox(props: ComboboxProps) {
  const [isOpen, setOpen] = useState(false);
  const { id, name, ...relations } = useControl({ id: props.id, name: props.name });
  const chosen = props.choices.find((choice) => choice.value === props.value);
  const button = (
    <button
      type="button"
      id={id}
      role="combobox"
      aria-expanded={isOpen}
      aria-haspopup="listbox"
      aria-controls={id ? `${id}-list` : undefined}
      aria-label={props["aria-label"]}
      disabled={props.disabled}
      {...relations}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setOpen(true)}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown") {
          event.preventDefault();
          setOpen(true);
        }
      }}
      className={cn(fieldEdge, "flex h-(--field) w-full items-center gap-2 px-2.5 text-left focus-visible:rounded-md")}
    >
      <span className={cn("min-w-0 grow truncate", !chosen && "text-faint")}>
        {chosen?.label ?? props.placeholder ?? "Choose"}
      </span>
      <ChevronsUpDown aria-hidden="true" className="!size-3.5 text-faint" />
    </button>
  );
  return (
    <>
      {isOpen ? (
        <Suspense fallback={button}>
          <Body {...props} listId={`${id}-list`} trigger={button} onClose={() => setOpen(false)} />
        </Suspense>
      ) : (
        button
      )}
      {name && <input type="hidden" name={name} value={props.value ?? ""} />}
    </>
  );
}
