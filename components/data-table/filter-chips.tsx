"use client";

import { Button } from "@/components/ui/button";
import { AddChip, Chip } from "@/components/ui/chip";
import { Menu } from "@/components/ui/menu";

export type Filter = {
  id: string;
  label: string;
  value: string | null;
  choices: readonly { value: string; label: string }[];
};

/** Filters as data: those in force are chips, the rest wait behind "Add filter". Their home is the URL. */
export function FilterChips({
  filters,
  onChange,
}: {
  filters: readonly Filter[];
  onChange: (id: string, value: string | null) => void;
}) {
  const on = filters.filter((filter) => filter.value !== null);
  const rest = filters.filter((filter) => filter.value === null);
  return (
    <>
      {on.map((filter) => (
        <Chip
          key={filter.id}
          label={filter.label}
          value={filter.choices.find((choice) => choice.value === filter.value)?.label ?? filter.value}
          onRemove={() => onChange(filter.id, null)}
        />
      ))}
      {rest.length > 0 && (
        <Menu
          label="Add filter"
          trigger={<AddChip>{on.length > 0 ? "Filter" : "Add filter"}</AddChip>}
          items={rest.map((filter) => ({
            kind: "choice" as const,
            label: filter.label,
            value: "",
            choices: filter.choices,
            onChange: (value: string) => onChange(filter.id, value),
          }))}
        />
      )}
      {on.length > 1 && (
        <Button
          size="row"
          variant="quiet"
          onClick={() => {
            for (const filter of on) onChange(filter.id, null);
          }}
        >
          Clear all
        </Button>
      )}
    </>
  );
}
