"use client";

import { useState } from "react";
import { dayIn } from "@/components/access/days";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { zonePlace } from "@/components/ui/time-words";

export type Range = { from: string | null; to: string | null };

export default function DatePicker({ timeZone, onChange }: { timeZone: string; onChange: (range: Range) => void }) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const today = dayIn(timeZone, new Date());
  const back = (days: number) => onChange({ from: dayIn(timeZone, new Date(), -days), to: today });
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (from || to) onChange({ from: from || null, to: to || null });
      }}
    >
      <div className="flex flex-wrap gap-1.5">
        <Button size="row" onClick={() => back(0)}>
          Today
        </Button>
        <Button size="row" onClick={() => back(6)}>
          7 days
        </Button>
        <Button size="row" onClick={() => back(29)}>
          30 days
        </Button>
      </div>
      <div className="grid gap-2.5">
        <Field name="from" label="From">
          <Input type="date" value={from} max={to || today} onChange={(event) => setFrom(event.target.value)} />
        </Field>
        <Field name="to" label="To, the day included">
          <Input type="date" value={to} min={from} max={today} onChange={(event) => setTo(event.target.value)} />
        </Field>
      </div>
      <div className="flex items-center justify-between gap-2">
        <span className="text-12 text-faint">Days {timeZone === "UTC" ? "in UTC" : `of ${zonePlace(timeZone)}`}</span>
        <Button type="submit" size="row" variant="primary" disabled={!from && !to}>
          Show
        </Button>
      </div>
    </form>
  );
}
