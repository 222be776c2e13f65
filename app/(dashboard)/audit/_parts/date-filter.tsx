"use client";

import { lazy, Suspense } from "react";
import { AddChip, Chip } from "@/components/ui/chip";
import { Popover } from "@/components/ui/popover";
import type { Range } from "./date-picker";

const DatePicker = lazy(() => import("./date-picker"));

/** A span of days: the usual ones at a press, any other by its two ends. */
export function DateFilter({
  from,
  to,
  timeZone,
  onChange,
}: Range & { timeZone: string; onChange: (range: Range) => void }) {
  if (from || to)
    return <Chip label="Dates" value={rangeWords(from, to)} onRemove={() => onChange({ from: null, to: null })} />;
  return (
    <Popover label="Dates" align="start" width={268} trigger={<AddChip>Dates</AddChip>}>
      {(close) => (
        <Suspense fallback={<div className="h-[188px]" />}>
          <DatePicker
            timeZone={timeZone}
            onChange={(range) => {
              close();
              onChange(range);
            }}
          />
        </Suspense>
      )}
    </Popover>
  );
}

function rangeWords(from: string | null, to: string | null): string {
  const words = (day: string) => {
    const at = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(at)) return day;
    return new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    }).format(at);
  };
  if (from && from === to) return words(from);
  if (from && to) return `${words(from)} to ${words(to)}`;
  return from ? `from ${words(from)}` : `until ${words(to ?? "")}`;
}
