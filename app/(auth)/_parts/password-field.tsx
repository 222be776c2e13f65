"use client";

import { type FormEvent, type KeyboardEvent, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { passwordWords } from "./password-words";

/** One password: shown on wish, and a word where Caps Lock would spoil it. A new one says how far it has come. */
export function PasswordField({
  name = "password",
  label = "Password",
  isNew = false,
  about = [],
  autoFocus = false,
}: {
  name?: string;
  label?: string;
  isNew?: boolean;
  /** What anyone can look up. Words that start with # are taken from the form's fields of that name. */
  about?: string[];
  autoFocus?: boolean;
}) {
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const [typed, setTyped] = useState<{ password: string; about: string[] }>({ password: "", about: [] });
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));

  const help = (
    <>
      {isNew && <Meter {...passwordWords(typed.password, typed.about)} />}
      {hasCapsLock && <span className="block text-waiting">Caps Lock is on.</span>}
    </>
  );
  return (
    <Field name={name} label={label} required {...(isNew || hasCapsLock ? { help } : {})}>
      <Input
        type={isShown ? "text" : "password"}
        autoComplete={isNew ? "new-password" : "current-password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={512}
        autoFocus={autoFocus}
        data-secret=""
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCapsLock(false)}
        onInput={(event: FormEvent<HTMLInputElement>) => {
          if (isNew) setTyped({ password: event.currentTarget.value, about: wordsOf(event.currentTarget, about) });
        }}
        after={
          <button
            type="button"
            aria-label={`${isShown ? "Hide" : "Show"} ${label.toLowerCase()}`}
            onClick={() => setShown(!isShown)}
            className="-mr-1.5 min-h-6 rounded-sm px-1.5 text-12 font-medium text-soft hover:text-ink coarse:min-h-11 coarse:px-2.5 coarse:text-13"
          >
            {isShown ? "Hide" : "Show"}
          </button>
        }
      />
    </Field>
  );
}

function wordsOf(input: HTMLInputElement, about: string[]): string[] {
  return about.map((word) => {
    if (!word.startsWith("#")) return word;
    const field = input.form?.elements.namedItem(word.slice(1));
    return field instanceof HTMLInputElement ? field.value : "";
  });
}

function Meter({ says, share, isFine }: { says: string; share: number; isFine: boolean }) {
  return (
    <span className="block">
      <span aria-hidden="true" className="my-1 block h-[3px] overflow-hidden rounded-full bg-line">
        <span
          className={cn("block h-full rounded-full transition-[width] duration-100", isFine ? "bg-good" : "bg-faint")}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </span>
      {says}
    </span>
  );
}
