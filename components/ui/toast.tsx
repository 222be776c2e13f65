"use client";

import { type ComponentType, useEffect, useState } from "react";

export type ToastAct = { label: string; run: () => void };
export type Toast = {
  tone?: "good" | "bad" | "info" | "busy";
  text: string;
  /** Undo lives as long as the toast and answers to `z`. */
  onUndo?: () => void;
  /** Called when the time for undo has run out. */
  onExpire?: () => void;
  act?: ToastAct;
  seconds?: number;
  /** Say the same id again to change a toast in place: progress, then its end. */
  id?: string;
};

type Say = { kind: "show"; id: string; toast: Toast } | { kind: "hide"; id: string };

let deliver: ((say: Say) => void) | null = null;
let wake: (() => void) | null = null;
const waiting: Say[] = [];
let count = 0;

/** Bottom left, five seconds, or as long as undo lives. The library behind it loads with the first word. */
export function toast(words: Toast): string {
  const id = words.id ?? `toast-${++count}`;
  say({ kind: "show", id, toast: words });
  return id;
}

export function hideToast(id: string): void {
  say({ kind: "hide", id });
}

function say(words: Say): void {
  if (deliver) deliver(words);
  else {
    waiting.push(words);
    wake?.();
  }
}

/** The stack calls this when it stands. */
export function receiveToasts(receiver: (say: Say) => void): () => void {
  deliver = receiver;
  for (const words of waiting.splice(0)) receiver(words);
  return () => {
    if (deliver === receiver) deliver = null;
  };
}

export function ToastHost() {
  const [Stack, setStack] = useState<ComponentType | null>(null);
  useEffect(() => {
    wake = () => void import("./toast-stack").then((module) => setStack(() => module.ToastStack));
    if (waiting.length > 0) wake();
    return () => {
      wake = null;
    };
  }, []);
  return Stack ? <Stack /> : null;
}
