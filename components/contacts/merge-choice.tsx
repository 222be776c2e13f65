"use client";

import { useId, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import type { ContactRow } from "@/lib/client/contacts";
import { customerTypeLabels, stageLabels } from "@/lib/domain/contacts/labels";
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
export type Merging = { winner: ContactRow; loser: ContactRow; fromLoser: MergeField[] };

/** The older one stays unless somebody says otherwise; an empty field of it takes what the other knows by itself. */
export function useMerging([one, other]: readonly [ContactRow, ContactRow]) {
  const [winnerId, setWinnerId] = useState(one.createdAt <= other.createdAt ? one.id : other.id);
  const [fromLoser, setFromLoser] = useState<MergeField[]>([]);
  const [winner, loser] = winnerId === one.id ? [one, other] : [other, one];
  const choose = (id: string) => {
    setWinnerId(id);
    setFromLoser([]);
  };
  const take = (name: MergeField, fromTheLoser: boolean) =>
    setFromLoser((now) => (fromTheLoser ? [...now, name] : now.filter((each) => each !== name)));
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
          {fields.map(({ name, label, read }) => {
            const isChoice =
              read(merging.winner) && read(merging.loser) && read(merging.winner) !== read(merging.loser);
            return (
              <tr key={name}>
                <th scope="row" className="h-9 border-t border-line pr-2 text-left text-12 font-normal text-soft">
                  {label}
                </th>
                {pair.map((row) => {
                  const text = read(row);
                  const isLoser = row.id === merging.loser.id;
                  const isTaken = isLoser === merging.fromLoser.includes(name);
                  return (
                    <td key={row.id} className={cn("h-9 border-t border-line px-2", isChoice && "bg-waiting-soft")}>
                      {isChoice ? (
                        <label className="flex min-h-8 cursor-pointer items-center gap-2">
                          <input
                            type="radio"
                            name={`${group}-${name}`}
                            checked={isTaken}
                            onChange={() => take(name, isLoser)}
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
          })}
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
