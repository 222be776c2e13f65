"use client";

import { lazy, type RefObject, Suspense, useEffect } from "react";
import { SearchField } from "@/components/access/search-field";
import { useSettled } from "@/components/contacts/use-settled";
import { Button } from "@/components/ui/button";
import { AddChip, Chip } from "@/components/ui/chip";
import { Menu } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import type { ContactSort } from "@/lib/client/contacts";
import { customerTypeLabels, stageLabels } from "@/lib/domain/contacts/labels";
import type { UrlState } from "../../_parts/url-words";
import { type FilterName, filterNames, type searchParams, sorts } from "../search-params";
import { sortLabels } from "./sort-words";

const loadFilters = () => import("./filter-list");
const FilterList = lazy(loadFilters);
const NamedValue = lazy(() => import("./named-value"));

type Wanted = UrlState<typeof searchParams>;

export const filterLabels: Record<FilterName, string> = {
  stage: "Stage",
  type: "Type",
  grade: "Grade",
  tag: "Tag",
  segment: "Segment",
  owner: "Owner",
  company: "Company",
  import: "Import",
};

/** Search, the filters in force as chips, and one list in which every other filter is found by typing. */
export function FilterBar({
  field,
  wanted,
  onChange,
}: {
  field: RefObject<HTMLInputElement | null>;
  wanted: Wanted;
  onChange: (changes: Partial<Wanted>) => void;
}) {
  const isSettled = useSettled();
  // Whoever opens the list goes on typing at once: it is here before, so that no letter is lost.
  useEffect(() => {
    if (isSettled) void loadFilters();
  }, [isSettled]);
  const on = filterNames.filter((name) => wanted[name] !== null);
  return (
    <>
      <SearchField
        field={field}
        label="Search contacts"
        value={wanted.q ?? ""}
        pauseMs={150}
        onChange={(q) => onChange({ q: q || null })}
      />
      {on.map((name) => (
        <Chip
          key={name}
          label={filterLabels[name]}
          value={<FilterValue name={name} value={wanted[name] ?? ""} />}
          onRemove={() => onChange({ [name]: null })}
        />
      ))}
      <Popover
        label="Add a filter"
        align="start"
        width={280}
        trigger={<AddChip>{on.length > 0 ? "Filter" : "Add filter"}</AddChip>}
      >
        {(close) => (
          <Suspense fallback={<p className="px-2 py-3 text-13 text-soft">Loading the filters</p>}>
            <FilterList
              onChoose={(name, value) => {
                onChange({ [name]: value });
                close();
              }}
            />
          </Suspense>
        )}
      </Popover>
      <Menu
        label="Order"
        trigger={
          <Button size="row" className="sm:hidden">
            {sortLabels[wanted.sort ?? "newest"]}
          </Button>
        }
        items={[
          {
            kind: "choice",
            label: "Order",
            value: wanted.sort ?? "newest",
            choices: sorts.map((value) => ({ value, label: sortLabels[value] })),
            onChange: (value) => onChange({ sort: asSort(value) }),
          },
        ]}
      />
    </>
  );
}

const asSort = (text: string): ContactSort | null => sorts.find((sort) => sort === text && sort !== "newest") ?? null;

/** What the address holds as an id reads as a name, as soon as the name is known. */
function FilterValue({ name, value }: { name: FilterName; value: string }) {
  if (name === "stage") return stageLabels[value as keyof typeof stageLabels];
  if (name === "type") return customerTypeLabels[value as keyof typeof customerTypeLabels].label;
  if (name === "owner" || name === "segment" || name === "company")
    return (
      <Suspense fallback={`one ${name}`}>
        <NamedValue kind={name} id={value} />
      </Suspense>
    );
  return name === "import" ? "made by it" : <bdi>{value}</bdi>;
}
