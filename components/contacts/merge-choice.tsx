"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { attributesQuery, type ContactRow, contactQuery } from "@/lib/client/contacts";
import { customerTypeLabels, stageLabels } from "@/lib/domain/contacts/labels";
import { valueWords } from "./attribute-words";
import { ContactName } from "./contact-name";

/** The fields that a person can have only one of, as the API names them. */
const fields = [
  { name: "name", label: "Name", read: (row: ContactRow) => row.name },
  { name: "email", label: "E-mail", read: (row: ContactRow) => row.email },
  { name: "phone", label: "Phone", read: (row: ContactRow) => row.phone },
  { name: "company", label: "Company", read: (row: ContactRow) => row.company },
  { name: "owner", label: "Owner", read: (row: ContactRow) => row.owner?.name ?? null },
  { name: "stage", label: "Stage", read: (row: ContactRow) => stageLabels[row.stage] },
  { name: "externalId", label: "Id in your shop", read: (row: ContactRow) => row.externalId },
] as const;

export type MergeField = (typeof fields)[number]["name"];
/** What a choice is about: a field, or an attribute of the workspace's own by its key. */
type Choosable = { kind: "field"; name: MergeField } | { kind: "attribute"; name: string };
export type Merging = { winner: ContactRow; loser: ContactRow; fromLoser: Choosable[] };
const isSame = (one: Choosable, other: Choosable) => one.kind === other.kind && one.name === other.name;

/** The older one stays unless somebody says otherwise; an empty field of it takes what the other knows by itself. */
export function useMerging([one, other]: readonly [ContactRow, ContactRow]) {
  const [winnerId, setWinnerId] = useState(one.createdAt <= other.createdAt ? one.id : other.id);
  const [fromLoser, setFromLoser] = useState<Choosable[]>([]);
  const [winner, loser] = winnerId === one.id ? [one, other] : [other, one];
  const choose = (id: string) => {
    setWinnerId(id);
    setFromLoser([]);
  };
  const take = (what: Choosable, fromTheLoser: boolean) =>
    setFromLoser((now) => [...now.filter((each) => !isSame(each, what)), ...(fromTheLoser ? [what] : [])]);
  return { merging: { winner, loser, fromLoser } satisfies Merging, choose, take };
}

/** Two people side by side: what is alike is quiet, what differs is a choice. */
export function MergeChoice({
  pair,
  state: { merging, choose, take },
}: {
  pair: readonly [ContactRow, ContactRow];
  state: ReturnType<typeof useMerging>;
}) {
  const group = useId();
  const { differing, valueAt } = useDifferingAttributes(pair);
  return (
    <div className="overflow-x-auto">
      <table className="num w-full table-fixed border-separate border-spacing-0 text-13">
        <caption className="sr-only">What stays of each</caption>
        <thead>
          <tr>
            <td className="w-[104px] pb-2 align-middle text-12 text-soft max-sm:w-20">Stays as</td>
            {pair.map((row) => (
              <th key={row.id} scope="col" className="px-2 pb-2 text-left font-normal">
                <label className="flex min-h-8 cursor-pointer items-center gap-2">
                  <input
                    type="radio"
                    name={`${group}-winner`}
                    checked={merging.winner.id === row.id}
                    onChange={() => choose(row.id)}
                    className="size-4 flex-none accent-(--accent)"
                  />
                  <ContactName contact={row} isWhole />
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, label, read }) => (
            <ChoiceRow
              key={name}
              {...{ pair, group, label, read, merging, take }}
              what={{ kind: "field", name } as const}
            />
          ))}
          {differing.map(({ key, label, type }) => (
            <ChoiceRow
              key={`attribute ${key}`}
              {...{ pair, group, label, merging, take }}
              read={(row) => valueWords(valueAt(row, key), type)}
              what={{ kind: "attribute", name: key } as const}
            />
          ))}
          <tr>
            <th scope="row" className="h-9 border-t border-line pr-2 text-left text-12 font-normal text-soft">
              Type, score
            </th>
            {pair.map((row) => (
              <td key={row.id} className="h-9 border-t border-line px-2 text-soft">
                {customerTypeLabels[row.customerType].label}, {row.score}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row" className="h-9 border-t border-line pr-2 text-left text-12 font-normal text-soft">
              Since
            </th>
            {pair.map((row) => (
              <td key={row.id} className="h-9 border-t border-line px-2">
                <Time at={row.createdAt} className="text-soft" />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** A line of what both have: a choice where they differ, quiet where not. */
function ChoiceRow({
  pair,
  group,
  label,
  what,
  read,
  merging,
  take,
}: {
  pair: readonly [ContactRow, ContactRow];
  group: string;
  label: string;
  what: Choosable;
  read: (row: ContactRow) => string | null;
  merging: Merging;
  take: (what: Choosable, fromTheLoser: boolean) => void;
}) {
  const isChoice = read(merging.winner) && read(merging.loser) && read(merging.winner) !== read(merging.loser);
  const isFromLoser = merging.fromLoser.some((each) => isSame(each, what));
  return (
    <tr>
      <th scope="row" className="h-9 border-t border-line pr-2 text-left text-12 font-normal text-soft">
        {label}
      </th>
      {pair.map((row) => {
        const text = read(row);
        const isLoser = row.id === merging.loser.id;
        return (
          <td key={row.id} className={cn("h-9 border-t border-line px-2", isChoice && "bg-waiting-soft")}>
            {isChoice ? (
              <label className="flex min-h-8 cursor-pointer items-center gap-2">
                <input
                  type="radio"
                  name={`${group}-${what.kind}-${what.name}`}
                  checked={isLoser === isFromLoser}
                  onChange={() => take(what, isLoser)}
                  className="size-4 flex-none accent-(--accent)"
                />
                <bdi title={text ?? ""} className="min-w-0 py-1 [overflow-wrap:anywhere] sm:truncate sm:py-0">
                  {text}
                </bdi>
              </label>
            ) : (
              <bdi
                title={text ?? ""}
                className={cn(
                  "block py-1 [overflow-wrap:anywhere] sm:truncate sm:py-0",
                  text ? "text-soft" : "text-faint",
                )}
              >
                {text || "—"}
              </bdi>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** The workspace's own attributes of which both know a value, and not the same: lists do not carry them. */
function useDifferingAttributes([one, other]: readonly [ContactRow, ContactRow]) {
  const { tenantUuid } = useSignedIn();
  const declared = useQuery(attributesQuery(tenantUuid)).data?.items ?? [];
  const hasAny = declared.length > 0;
  const whole = [
    useQuery({ ...contactQuery(tenantUuid, one.id), enabled: hasAny }).data,
    useQuery({ ...contactQuery(tenantUuid, other.id), enabled: hasAny }).data,
  ];
  const valueAt = (row: ContactRow, key: string) => whole.find((each) => each?.id === row.id)?.attributes[key] ?? null;
  const differing = declared.filter(({ key }) => {
    const [mine, theirs] = [valueAt(one, key), valueAt(other, key)];
    return mine !== null && theirs !== null && mine !== theirs;
  });
  return { differing, valueAt };
}
