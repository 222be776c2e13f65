"use client";

import { FolderPlus, Plus, Trash2 } from "lucide-react";
import { useEffect, useId, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Combobox } from "@/components/ui/combobox";
import { IconButton } from "@/components/ui/icon-button";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { SegmentFields } from "@/lib/client/segments";
import { type GroupKind, ruleLimits } from "@/lib/domain/segments/rules";
import {
  addTo,
  change,
  type Draft,
  type DraftGroup,
  type DraftRule,
  emptyGroup,
  emptyRule,
  fieldOf,
  hasRoom,
  isGroup,
  placeOf,
  withField,
  withOperator,
} from "./draft";
import { ValueControl } from "./value-control";

const kinds: readonly { value: GroupKind; label: string; joins: string }[] = [
  { value: "all", label: "All", joins: "and" },
  { value: "any", label: "Any", joins: "or" },
  { value: "none", label: "None", joins: "nor" },
];

/** How deep a person may build; programs may go on to the limit of rules. */
const deepest = 4;

export type BuilderProps = {
  draft: DraftGroup;
  /** Takes a change of what stands then, so that an undo later puts a part back among later changes. */
  onChange: (change: (now: DraftGroup) => DraftGroup) => void;
  fields: SegmentFields;
};

/** Groups as cards, rules as rows. Whatever is removed can be had back as long as its toast stands. */
export default function RuleBuilder({ draft, onChange, fields }: BuilderProps) {
  const fresh = useRef<string | null>(null);
  const choices = useMemo(() => {
    const groups = new Map(fields.groups.map(({ id, label }) => [id as string, label]));
    return fields.items.map(({ id, label, group }) => ({ value: id, label, hint: groups.get(group) ?? group }));
  }, [fields]);
  const add = (groupId: string, part: Draft) => {
    fresh.current = part.id;
    onChange((now) => addTo(now, groupId, part));
  };
  const remove = (part: Draft) => {
    const place = placeOf(draft, part.id);
    onChange((now) => change(now, part.id, () => null));
    toast({
      text: isGroup(part) ? "The group was taken away" : "The rule was taken away",
      onUndo: () => place && onChange((now) => addTo(now, place.groupId, part, place.at)),
    });
  };
  return (
    <GroupCard
      group={draft}
      depth={0}
      canAdd={hasRoom(draft)}
      {...{ fields, choices, add, remove, fresh }}
      set={(id, to) => onChange((now) => (now.id === id ? (to(now) as DraftGroup) : change(now, id, to)))}
    />
  );
}

type Shared = {
  fields: SegmentFields;
  choices: readonly { value: string; label: string; hint: string }[];
  canAdd: boolean;
  add: (groupId: string, part: Draft) => void;
  remove: (part: Draft) => void;
  set: (id: string, to: (part: Draft) => Draft) => void;
  /** The part that was added last: its first control takes the focus. */
  fresh: React.RefObject<string | null>;
};

function GroupCard({ group, depth, ...shared }: Shared & { group: DraftGroup; depth: number }) {
  const { add, remove, set, canAdd } = shared;
  const joins = kinds.find(({ value }) => value === group.kind)?.joins;
  const full = canAdd ? undefined : `A segment has at most ${ruleLimits.rules} rules.`;
  return (
    <fieldset className={cn("min-w-0 rounded-lg border border-line p-3", depth % 2 === 0 ? "bg-surface" : "bg-paper")}>
      <legend className="sr-only">{depth === 0 ? "Who belongs" : "Group of rules"}</legend>
      <div className="mb-2.5 flex items-center gap-2">
        <Segmented
          label="How many of these must be true"
          choices={kinds}
          value={group.kind}
          onChange={(kind) => set(group.id, (part) => ({ ...part, kind }) as Draft)}
        />
        <span className="min-w-0 text-13 text-soft">of these must be true</span>
        {depth > 0 && (
          <IconButton label="Take the group away" className="ml-auto" onClick={() => remove(group)}>
            <Trash2 aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {group.parts.length === 0 ? (
        <p className="mb-2.5 text-13 text-soft">
          {depth === 0 ? "Without a rule everybody belongs." : "An empty group is left out."}
        </p>
      ) : (
        <ol className="mb-2.5 grid gap-2">
          {group.parts.map((part, at) => (
            <li key={part.id} className="min-w-0">
              {at > 0 && <p className="mb-2 pl-1 text-12 text-faint">{joins}</p>}
              {isGroup(part) ? (
                <GroupCard group={part} depth={depth + 1} {...shared} />
              ) : (
                <RuleRow rule={part} {...shared} />
              )}
            </li>
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          size="row"
          icon={<Plus aria-hidden="true" />}
          offBecause={full}
          onClick={() => add(group.id, emptyRule())}
        >
          Add a rule
        </Button>
        {depth < deepest && (
          <Button
            size="row"
            variant="quiet"
            icon={<FolderPlus aria-hidden="true" />}
            offBecause={full}
            onClick={() => add(group.id, { ...emptyGroup(group.kind === "any" ? "all" : "any"), parts: [emptyRule()] })}
          >
            Add a group
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function RuleRow({ rule, fields, choices, set, remove, fresh }: Shared & { rule: DraftRule }) {
  const id = useId();
  const field = fieldOf(fields, rule.field);
  const labels = useMemo(() => new Map(fields.operators.map((each) => [each.id, each.label])), [fields]);
  useEffect(() => {
    if (fresh.current !== rule.id) return;
    fresh.current = null;
    document.getElementById(id)?.focus();
  }, [fresh, rule.id, id]);
  const setRule = (to: (rule: DraftRule) => DraftRule) => set(rule.id, (part) => to(part as DraftRule));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 sm:grid-cols-[minmax(0,11fr)_minmax(0,8fr)_minmax(0,10fr)_auto]">
      <div className="min-w-0">
        <Combobox
          id={id}
          aria-label="What the rule asks about"
          placeholder="Choose what to ask about"
          choices={choices}
          value={rule.field || null}
          onChange={(chosen) => {
            const next = chosen && fieldOf(fields, chosen);
            if (next) setRule((now) => withField(now, next));
          }}
        />
        {rule.field !== "" && !field && <p className="mt-1 text-12 text-bad">It is not there any more.</p>}
      </div>
      <div className="order-3 min-w-0 sm:order-none">
        {field && (
          <Select
            aria-label={`How ${field.label} is compared`}
            choices={field.operators.map((each) => ({ value: each, label: labels.get(each) ?? each }))}
            value={rule.operator}
            onChange={(event) => setRule((now) => withOperator(now, event.target.value, field))}
          />
        )}
      </div>
      <div className="order-4 col-span-2 min-w-0 sm:order-none sm:col-span-1">
        {field && (
          <ValueControl
            // Another question begins with an empty control.
            key={`${rule.field}:${rule.operator}`}
            field={field}
            operator={rule.operator}
            value={rule.value}
            onChange={(value) => setRule((now) => ({ ...now, value }))}
          />
        )}
      </div>
      <IconButton
        label={field ? `Take away the rule about ${field.label}` : "Take the rule away"}
        className="order-2 sm:order-none"
        onClick={() => remove(rule)}
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
    </div>
  );
}
