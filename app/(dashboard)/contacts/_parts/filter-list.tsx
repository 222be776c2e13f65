"use client";

import { Command } from "cmdk";
import { useState } from "react";
import { useNamed } from "@/components/contacts/use-named";
import { useOwners } from "@/components/contacts/use-owners";
import { customerTypeLabels, stageLabels } from "@/lib/domain/contacts/labels";
import { customerTypes, grades, stages } from "@/lib/domain/contacts/vocabulary";
import type { FilterName } from "../search-params";

type Group = { name: FilterName; label: string; choices: readonly { value: string; label: string }[] };

/** Every filter in one list: "vip" finds the tag, "lead" the stage, a colleague's name what they own. */
export default function FilterList({ onChoose }: { onChoose: (name: FilterName, value: string) => void }) {
  const [typed, setTyped] = useState("");
  const tags = useNamed("tags", typed);
  const segments = useNamed("segments", typed);
  const companies = useNamed("companies", typed);
  const owners = useOwners();
  const byName = (list: readonly { id: string; name: string }[] = []) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  const groups: Group[] = [
    { name: "stage", label: "Stage", choices: stages.map((value) => ({ value, label: stageLabels[value] })) },
    {
      name: "type",
      label: "Type",
      choices: customerTypes.map((value) => ({ value, label: customerTypeLabels[value].label })),
    },
    { name: "grade", label: "Grade", choices: grades.map((value) => ({ value, label: `Grade ${value}` })) },
    { name: "tag", label: "Tag", choices: tags.map(({ name }) => ({ value: name, label: name })) },
    { name: "segment", label: "Segment", choices: byName(segments) },
    { name: "owner", label: "Owner", choices: byName(owners) },
    { name: "company", label: "Company", choices: byName(companies) },
  ];
  return (
    <Command label="Filters" loop className="-m-3">
      <Command.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder="Filter by stage, tag, owner"
        className="h-9 w-full border-b border-line bg-transparent px-3 text-13 outline-none coarse:h-11 coarse:text-16"
      />
      <Command.List className="max-h-[min(60dvh,340px)] overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-13 text-soft">No filter by that name.</Command.Empty>
        {groups
          .filter((group) => group.choices.length > 0)
          .map((group) => (
            <Command.Group
              key={group.name}
              heading={group.label}
              className="pb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-faint"
            >
              {group.choices.map((choice) => (
                <Command.Item
                  key={choice.value}
                  value={`${group.name}:${choice.value}`}
                  keywords={[choice.label, group.label]}
                  onSelect={() => onChoose(group.name, choice.value)}
                  className="flex min-h-[28px] items-center rounded-[5px] px-2 text-13 data-[selected=true]:bg-sunken coarse:min-h-11 coarse:text-14"
                >
                  <bdi className="min-w-0 truncate">{choice.label}</bdi>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
      </Command.List>
    </Command>
  );
}
