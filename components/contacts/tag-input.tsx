"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useContext, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { FieldContext } from "@/components/ui/field-context";
import { fieldEdge } from "@/components/ui/input";
import { useNamed } from "./use-named";

const longest = 60;

/** Words that become tags with Enter or a comma; those that exist are offered. The form reads them one to a line. */
export function TagInput({
  value,
  onChange,
  autoFocus = false,
}: {
  value: readonly string[];
  onChange: (tags: string[]) => void;
  autoFocus?: boolean;
}) {
  const field = useContext(FieldContext);
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const known = useNamed("tags", words).map(({ name }) => name);

  const add = (text: string) => {
    const added = text
      .split(",")
      .map((tag) => tag.trim().slice(0, longest))
      .filter((tag) => tag && !value.some((other) => other.toLowerCase() === tag.toLowerCase()));
    setWords("");
    if (added.length > 0) onChange([...value, ...added]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if ((event.key === "Enter" && words.trim()) || event.key === ",") {
      event.preventDefault();
      add(words);
    }
    if (event.key === "Backspace" && !words && value.length > 0) onChange(value.slice(0, -1));
  };

  return (
    <span
      className={cn(
        fieldEdge,
        "flex min-h-(--field) w-full flex-wrap items-center gap-1 px-1.5 py-1 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent",
      )}
    >
      {value.map((tag) => (
        <span
          key={tag}
          className="inline-flex h-6 min-w-0 items-center rounded-sm bg-quiet-soft pl-1.5 text-12 font-medium text-soft"
        >
          <bdi className="min-w-0 truncate">{tag}</bdi>
          <button
            type="button"
            aria-label={`Take away ${tag}`}
            onClick={() => {
              onChange(value.filter((other) => other !== tag));
              box.current?.focus();
            }}
            className="grid size-6 place-items-center rounded-sm hover:text-ink"
          >
            <X aria-hidden="true" className="!size-3" />
          </button>
        </span>
      ))}
      <input
        ref={box}
        id={field?.id}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.isWrong || undefined}
        list={listId}
        value={words}
        maxLength={longest}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the one field of a dialog that was just opened
        autoFocus={autoFocus}
        onChange={(event) => {
          const next = event.target.value;
          const isPicked =
            known.includes(next) && !("inputType" in event.nativeEvent && event.nativeEvent.inputType === "insertText");
          if (isPicked || next.includes(",")) add(next);
          else setWords(next);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => add(words)}
        className="h-6 w-14 grow bg-transparent px-1 outline-none"
      />
      <datalist id={listId}>
        {known
          .filter((tag) => !value.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
      {field && <input type="hidden" name={field.name} value={value.join("\n")} />}
    </span>
  );
}
