"use client";

import { type ReactNode, useId } from "react";
import { CopyButton } from "./copy-button";
import { Note } from "./note";

/** A value to take elsewhere. `once` for a secret that nobody will see again, ourselves included. */
export function CopyField({
  label,
  value,
  help,
  once = false,
}: {
  label: string;
  value: string;
  help?: ReactNode;
  once?: boolean;
}) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-13 font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          spellCheck={false}
          autoComplete="off"
          data-secret={once ? "" : undefined}
          onFocus={(event) => event.currentTarget.select()}
          className="h-(--field) min-w-0 grow rounded-md border border-line-field bg-sunken px-2.5 font-mono text-12 focus-visible:rounded-md coarse:text-13"
        />
        <CopyButton text={value} variant={once ? "primary" : "second"} />
      </div>
      {help && <p className="text-12 text-soft">{help}</p>}
      {once && (
        <Note tone="waiting">
          Shown this once. Keep it where your other secrets are; if it is lost, make a new one.
        </Note>
      )}
    </div>
  );
}
