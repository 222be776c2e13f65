"use client";

import { useEffect, useSyncExternalStore } from "react";
import { isLayerOpen, isMac, isTyping } from "@/components/ui/keyboard";
import { type Command, findConflicts, matchSteps, stepFrom } from "./commands";

/** What a search finds while one types: contacts, conversations. Each domain brings its own. */
export type CommandSource = {
  id: string;
  group: string;
  find: (query: string, signal: AbortSignal) => Promise<Command[]>;
};

let lists: readonly (readonly Command[])[] = [];
let sources: readonly CommandSource[] = [];
let flat: readonly Command[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  flat = lists.flat();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none: readonly Command[] = [];
const noSources: readonly CommandSource[] = [];

/** Alive as long as the part that brings them. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    lists = [...lists, commands];
    changed();
    refuseConflicts(flat);
    return () => {
      lists = lists.filter((list) => list !== commands);
      changed();
    };
  }, [commands]);
}

/** While one builds, two commands on one key are an error on the spot; the browser of a customer never stops for it. */
function refuseConflicts(commands: readonly Command[]): void {
  if (process.env.NODE_ENV === "production") return;
  const [first] = findConflicts(commands);
  if (first) throw new Error(`The commands ${first.ids.join(" and ")} both answer to "${first.keys}".`);
}

export function useCommandSource(source: CommandSource): void {
  useEffect(() => {
    sources = [...sources, source];
    changed();
    return () => {
      sources = sources.filter((each) => each !== source);
      changed();
    };
  }, [source]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    subscribe,
    () => flat,
    () => none,
  );
}

export function useAllSources(): readonly CommandSource[] {
  return useSyncExternalStore(
    subscribe,
    () => sources,
    () => noSources,
  );
}

const patienceMs = 1_200;

/** One listener for the whole product. It rests while a person types or a layer is open; what holds mod works even then. */
export function useShortcuts(): void {
  useEffect(() => {
    const mac = isMac();
    let pressed: string[] = [];
    let timer: ReturnType<typeof setTimeout>;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key))
        return;
      const step = stepFrom(event, mac);
      if (!step.startsWith("mod+") && isTyping(event.target)) return;
      if (isLayerOpen()) return;
      clearTimeout(timer);
      let answer = matchSteps([...pressed, step], flat);
      // A sequence that came to nothing may have been the start of another.
      if (answer.kind === "none" && pressed.length > 0) {
        pressed = [];
        answer = matchSteps([step], flat);
      }
      if (answer.kind === "none") return;
      event.preventDefault();
      if (answer.kind === "run") {
        pressed = [];
        answer.command.run();
        return;
      }
      pressed = [...pressed, step];
      timer = setTimeout(() => {
        pressed = [];
      }, patienceMs);
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
      clearTimeout(timer);
    };
  }, []);
}
