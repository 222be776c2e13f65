"use client";

import { Search } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Kbd } from "@/components/ui/kbd";

/**
 * Search above a table. Says its words after a pause, because each new word is a new question; answers to `/` through
 * the page's commands, which hold `field`.
 */
export function SearchField({
  field,
  label,
  value,
  onChange,
  pauseMs = 250,
}: {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  value: string;
  onChange: (value: string) => void;
  pauseMs?: number;
}) {
  const [words, setWords] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sent = useRef(value);
  useEffect(() => {
    // The address changed by itself: a saved link, the way back, "clear all".
    if (value !== sent.current) {
      sent.current = value;
      setWords(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const say = (next: string) => {
    clearTimeout(timer.current);
    sent.current = next;
    onChange(next);
  };
  return (
    <span className="flex h-[26px] w-56 items-center gap-1.5 rounded-md border border-line bg-surface pr-1 pl-2 text-12 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent coarse:h-9 coarse:w-full">
      <Search aria-hidden="true" className="!size-3.5 text-faint" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={words}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const next = event.target.value;
          setWords(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => say(next.trim()), next ? pauseMs : 0);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") say(words.trim());
          if (event.key === "Escape") {
            if (words) {
              setWords("");
              say("");
            } else event.currentTarget.blur();
          }
        }}
        className="peer h-full min-w-0 grow bg-transparent outline-none coarse:text-16 [&::-webkit-search-cancel-button]:hidden"
      />
      {!words && (
        <span aria-hidden="true" className="max-sm:hidden peer-focus:hidden">
          <Kbd>/</Kbd>
        </span>
      )}
    </span>
  );
}
