"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button";
import { IconButton } from "./icon-button";

/** Copies and says so for two seconds. Without a secure context there is no clipboard: then the text is selected instead. */
export function useCopy(): { isCopied: boolean; copy: (text: string) => Promise<boolean> } {
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    isCopied,
    copy: async (text) => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        if (!copyBySelection(text)) return false;
      }
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), 2_000);
      return true;
    },
  };
}

function copyBySelection(text: string): boolean {
  const box = document.createElement("textarea");
  box.value = text;
  box.style.position = "fixed";
  box.style.opacity = "0";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

export function CopyButton({
  text,
  label = "Copy",
  iconOnly = false,
  size = "normal",
  variant = "second",
}: {
  text: string;
  label?: string;
  iconOnly?: boolean;
  size?: ButtonSize;
  variant?: ButtonVariant;
}) {
  const { isCopied, copy } = useCopy();
  const icon = isCopied ? <Check aria-hidden="true" className="text-good" /> : <Copy aria-hidden="true" />;
  const said = (
    <span className="sr-only" aria-live="polite">
      {isCopied ? "Copied" : ""}
    </span>
  );
  if (iconOnly)
    return (
      <>
        <IconButton label={isCopied ? "Copied" : label} size={size} onClick={() => void copy(text)}>
          {icon}
        </IconButton>
        {said}
      </>
    );
  return (
    <>
      <Button size={size} variant={variant} icon={icon} onClick={() => void copy(text)}>
        {isCopied ? "Copied" : label}
      </Button>
      {said}
    </>
  );
}
