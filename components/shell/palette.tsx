"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import * as Dialog from "radix-ui/dialog";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { Keys } from "@/components/ui/kbd";
import { Spinner } from "@/components/ui/spinner";
import { byGroup, type Command } from "./commands";
import { useAllCommands, useAllSources } from "./use-commands";

const groupOrder = ["On this page", "Go to", "Do", "Workspaces"];

/** Finds pages, acts and workspaces, and whatever each domain teaches it to find. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const commands = useAllCommands().filter((command) => !command.isHidden);
  const { found, isSearching } = useFound(words);
  const opener = useRef<Element | null>(document.activeElement);
  const hasRun = useRef(false);

  const all = [...commands, ...found];
  const groups = [
    ...byGroup(all, (command) => command.group ?? (command.scope === "global" ? "Do" : "On this page")),
  ].sort(([a], [b]) => rank(a) - rank(b));

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-arrive bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!hasRun.current && opener.current instanceof HTMLElement) opener.current.focus();
          }}
          className="fixed top-[min(14vh,120px)] left-1/2 z-50 w-[560px] max-w-[calc(100vw-24px)] -translate-x-1/2 animate-arrive overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Search or run a command</Dialog.Title>
          <Cmdk label="Commands" loop filter={score}>
            <div className="flex h-12 items-center gap-2.5 border-b border-line px-3.5">
              <Search aria-hidden="true" className="text-soft" />
              <Cmdk.Input
                value={words}
                onValueChange={setWords}
                placeholder="Search or run a command"
                className="h-full min-w-0 grow bg-transparent text-16 outline-none"
              />
              {isSearching && <Spinner className="text-faint" />}
            </div>
            <Cmdk.List className="max-h-[min(420px,60vh)] scroll-py-2 overflow-y-auto pb-1.5">
              <Cmdk.Empty className="px-3.5 py-6 text-13 text-soft">
                Nothing is called “{words}”. Try the name of a page or of what you want to do.
              </Cmdk.Empty>
              {groups.map(([group, list]) => (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-3.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
                >
                  {list.map((command) => (
                    <Item
                      key={command.id}
                      command={command}
                      words={words}
                      onRun={() => {
                        hasRun.current = true;
                        onClose();
                        // After the layer is gone: what runs may open one of its own.
                        requestAnimationFrame(() => command.run());
                      }}
                    />
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
          <div
            className="flex h-[34px] items-center gap-3.5 border-t border-line px-3.5 text-12 text-soft max-sm:hidden"
            aria-hidden="true"
          >
            <span className="inline-flex items-center gap-[5px]">
              <Keys keys="arrowup arrowdown" /> move
            </span>
            <span className="inline-flex items-center gap-[5px]">
              <Keys keys="enter" /> open
            </span>
            <span className="inline-flex items-center gap-[5px]">
              <Keys keys="esc" /> close
            </span>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Item({ command, words, onRun }: { command: Command; words: string; onRun: () => void }) {
  return (
    <Cmdk.Item
      value={command.id}
      keywords={[command.label, ...(command.words ?? [])]}
      onSelect={onRun}
      className="flex h-[34px] items-center gap-2.5 px-3.5 text-13 data-[selected=true]:bg-accent-soft data-[selected=true]:shadow-[inset_2px_0_0_var(--accent)] coarse:h-11 coarse:text-14 [&>svg.lucide]:text-soft"
    >
      {command.icon ?? <span className="size-4" />}
      <span className="min-w-0 truncate">
        <Marked text={command.label} words={words} />
      </span>
      {command.hint && <span className="min-w-0 truncate text-soft">{command.hint}</span>}
      {command.keys && (
        <span className="ml-auto max-sm:hidden">
          <Keys keys={command.keys} />
        </span>
      )}
    </Cmdk.Item>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  const at = words.trim() ? fold(text).indexOf(fold(words.trim())) : -1;
  if (at < 0) return text;
  const end = at + words.trim().length;
  return (
    <>
      {text.slice(0, at)}
      <span className="font-semibold">{text.slice(at, end)}</span>
      {text.slice(end)}
    </>
  );
}

/** The start of a name before the start of a word, before the inside of one, before its other names. */
function score(_id: string, search: string, keywords: string[] = []): number {
  const wanted = fold(search.trim());
  if (!wanted) return 1;
  let best = 0;
  for (const [at, keyword] of keywords.entries()) {
    const text = fold(keyword);
    const worth = at === 0 ? 1 : 0.6;
    if (text.startsWith(wanted)) best = Math.max(best, worth);
    else if (text.includes(` ${wanted}`)) best = Math.max(best, 0.8 * worth);
    else if (text.includes(wanted)) best = Math.max(best, 0.5 * worth);
    else if (wanted.split(/\s+/).every((part) => text.includes(part))) best = Math.max(best, 0.4 * worth);
  }
  return best;
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function rank(group: string): number {
  const at = groupOrder.indexOf(group);
  return at < 0 ? 1.5 : at;
}

function useFound(words: string): { found: Command[]; isSearching: boolean } {
  const sources = useAllSources();
  const query = useDeferredValue(words.trim());
  const [found, setFound] = useState<Command[]>([]);
  const [isSearching, setSearching] = useState(false);
  useEffect(() => {
    if (query.length < 2 || sources.length === 0) {
      setFound([]);
      setSearching(false);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      setSearching(true);
      const answers = await Promise.allSettled(
        sources.map(async (source) =>
          (await source.find(query, stop.signal)).map((command) => ({ group: source.group, ...command })),
        ),
      );
      if (stop.signal.aborted) return;
      setFound(answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])));
      setSearching(false);
    }, 120);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, sources]);
  return { found, isSearching };
}
