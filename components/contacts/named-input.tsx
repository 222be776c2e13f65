"use client";

import { type ComponentProps, useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { type NamedKind, useNamed } from "./use-named";

/** A text field that offers the names there are already; one that is not there yet may be written all the same. */
export function NamedInput({
  kind,
  defaultValue = "",
  ...rest
}: { kind: NamedKind; defaultValue?: string } & Pick<ComponentProps<typeof Input>, "maxLength" | "autoFocus">) {
  const listId = useId();
  const [typed, setTyped] = useState(defaultValue);
  const names = useNamed(kind, typed);
  return (
    <>
      <Input
        {...rest}
        list={listId}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
      />
      <datalist id={listId}>
        {names.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </>
  );
}
