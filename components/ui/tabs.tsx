"use client";

import type { Route } from "next";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { cn } from "./class-names";

export type Tab = { id: string; label: ReactNode; count?: number; href?: string };

const look = (isOn: boolean) =>
  cn(
    "focus-inset -mb-px flex flex-none items-center gap-1.5 whitespace-nowrap pt-2 pb-[9px] text-13 coarse:min-h-11 coarse:text-14",
    isOn ? "font-strong text-ink shadow-[inset_0_-2px_0_var(--accent)]" : "font-book text-soft hover:text-ink",
  );

function words(tab: Tab) {
  return (
    <>
      {tab.label}
      {tab.count !== undefined && <span className="num text-soft">{tab.count.toLocaleString()}</span>}
    </>
  );
}

/** Views of one page. The one in force belongs in the URL. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
  panelId,
}: {
  tabs: readonly Tab[];
  value: string;
  onChange: (id: string) => void;
  label: string;
  /** Id of the panel the tabs change; `<TabPanel id>` wears it. */
  panelId: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.findIndex((tab) => tab.id === value);
    const next =
      event.key === "Home"
        ? tabs[0]
        : event.key === "End"
          ? tabs.at(-1)
          : step
            ? tabs[(at + step + tabs.length) % tabs.length]
            : undefined;
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className="flex gap-[18px] overflow-x-auto border-b border-line"
      onKeyDown={move}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${panelId}-${tab.id}`}
          data-tab={tab.id}
          aria-selected={tab.id === value}
          aria-controls={panelId}
          tabIndex={tab.id === value ? 0 : -1}
          onClick={() => onChange(tab.id)}
          className={look(tab.id === value)}
        >
          {words(tab)}
        </button>
      ))}
    </div>
  );
}

export function TabPanel({
  id,
  value,
  children,
  className,
}: {
  id: string;
  value: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div id={id} role="tabpanel" aria-labelledby={`${id}-${value}`} className={className}>
      {children}
    </div>
  );
}

/** The same look where each view is a page of its own. */
export function TabLinks({
  tabs,
  current,
  label,
}: {
  tabs: readonly (Tab & { href: string })[];
  current: string;
  label: string;
}) {
  return (
    <nav aria-label={label} className="flex gap-[18px] overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          href={tab.href as Route}
          aria-current={tab.id === current ? "page" : undefined}
          className={look(tab.id === current)}
        >
          {words(tab)}
        </Link>
      ))}
    </nav>
  );
}
