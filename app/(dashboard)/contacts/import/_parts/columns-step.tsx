"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Bone } from "@/components/feedback/skeleton";
import { count } from "@/components/imports/amount-words";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { attributesQuery } from "@/lib/client/contacts";
import { changeImport, type Import, previewQuery } from "@/lib/client/imports";
import type { AttributeType } from "@/lib/domain/contacts/vocabulary";
import { attributeKeyOf, isRepeatedHeader, isUnnamedHeader, targetChoices } from "./target-choices";

type Column = NonNullable<Import["mapping"]>[number];
type Attribute = { key: string; label: string; type: AttributeType };

/** What each column holds: guessed, with the reason, and corrected by a list that every keyboard knows. */
export function ColumnsStep({ file, onSaved }: { file: Import; onSaved: (saved: Import) => void }) {
  const { tenantUuid, can } = useSignedIn();
  const attributes = useQuery(attributesQuery(tenantUuid));
  const preview = useQuery(previewQuery(tenantUuid, file));
  const header = file.header ?? [];
  const [mapping, setMapping] = useState<Column[]>(() =>
    header.map((_, column) => file.mapping?.find((each) => each.column === column) ?? { column, target: null }),
  );
  const [made, setMade] = useState<Attribute[]>(file.options.newAttributes);
  const save = useMutation({
    mutationFn: () => {
      const targets = new Set(mapping.map(({ target }) => target));
      const newAttributes = made.filter(({ key }) => targets.has(`attribute:${key}`));
      return changeImport(file.id, { mapping, options: { newAttributes } });
    },
    onSuccess: onSaved,
  });

  const known = attributes.data?.items ?? [];
  const choices = targetChoices([...known, ...made], can("contacts:configure"));
  const choose = (column: number, target: string | null) => {
    const name = header[column] ?? "";
    let chosen = target;
    if (target === "new") {
      const key = attributeKeyOf(
        name,
        [...known, ...made].map((each) => each.key),
      );
      setMade((before) => [...before, { key, label: name.slice(0, 100), type: "text" }]);
      chosen = `attribute:${key}`;
    }
    const because = chosen === null ? "Left out by you" : "Chosen by you";
    setMapping((before) =>
      before.map((each) => (each.column === column ? { column, target: chosen, sure: true, because } : each)),
    );
  };
  const twice = doubled(mapping);
  const taken = mapping.filter(({ target }) => target !== null).length;
  const odd = header.filter((name) => isRepeatedHeader(name) || isUnnamedHeader(name));

  return (
    <div className="grid gap-3">
      {save.error && (
        <Note tone="bad" role="alert">
          {save.error.message}
        </Note>
      )}
      {odd.length > 0 && (
        <Note tone="waiting">
          {odd.length === 1 ? "One heading was" : `${odd.length} headings were`} missing or stood there twice, and{" "}
          {odd.length === 1 ? "is" : "are"} called {odd.slice(0, 5).join(", ")}
          {odd.length > 5 ? " and so on" : ""} here.
        </Note>
      )}
      <Panel>
        <table className="w-full text-13 max-sm:block">
          <caption className="sr-only">What the columns of the file hold</caption>
          <thead className="max-sm:hidden">
            <tr className="h-[30px] border-b border-line text-left text-12 text-soft">
              <th className="px-3.5 font-medium">In the file</th>
              <th className="px-3.5 font-medium">For example</th>
              <th className="w-[220px] px-3.5 font-medium">Becomes</th>
              <th className="px-3.5 font-medium">Why</th>
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {mapping.map((each) => {
              const name = header[each.column] ?? `Column ${each.column + 1}`;
              const made_ = made.find(({ key }) => each.target === `attribute:${key}`);
              return (
                <tr
                  key={each.column}
                  className="border-b border-line align-top last:border-b-0 max-sm:grid max-sm:gap-1.5 max-sm:px-3.5 max-sm:py-3"
                >
                  <th scope="row" className="max-w-[220px] px-3.5 py-2.5 text-left font-medium max-sm:p-0">
                    <span className="block break-words">{name}</span>
                  </th>
                  <td className="max-w-[240px] px-3.5 py-2.5 text-soft max-sm:p-0">
                    <Samples
                      values={
                        preview.error ? [] : preview.data?.columns.find(({ column }) => column === each.column)?.samples
                      }
                    />
                  </td>
                  <td className="px-3.5 py-1.5 max-sm:p-0">
                    <Select
                      aria-label={`What ${name} becomes`}
                      choices={choices}
                      value={each.target ?? ""}
                      onChange={(event) => choose(each.column, event.target.value || null)}
                    />
                    {made_ && (
                      <Select
                        size="small"
                        className="mt-1.5"
                        aria-label={`What kind of value ${name} holds`}
                        choices={typeChoices}
                        value={made_.type}
                        onChange={(event) => {
                          const type = event.target.value as AttributeType;
                          setMade((before) => before.map((one) => (one.key === made_.key ? { ...one, type } : one)));
                        }}
                      />
                    )}
                  </td>
                  <td className="px-3.5 py-2.5 text-12 text-soft max-sm:p-0">
                    {each.target && twice.has(each.target) ? (
                      <span className="text-bad">Two columns cannot be the same thing.</span>
                    ) : (
                      <>
                        {each.target && each.sure === false && <b className="font-medium text-waiting">A guess. </b>}
                        {each.because}
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Panel>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          busy={save.isPending}
          onClick={() => save.mutate()}
          offBecause={
            twice.size > 0 ? "Two columns are the same thing." : taken === 0 ? "Nothing is taken in yet." : undefined
          }
        >
          Continue to the options
        </Button>
        <span className="text-13 text-soft">
          {taken} of {count(header.length, "column")} taken in, {count(file.rows, "row")}.
        </span>
      </div>
    </div>
  );
}

const typeChoices: { value: AttributeType; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "Yes or no" },
  { value: "date", label: "Date" },
];

function Samples({ values }: { values: readonly string[] | undefined }) {
  if (values === undefined) return <Bone width={140} className="mt-1.5" />;
  if (values.length === 0) return <span className="text-faint">empty</span>;
  return (
    <span className="block">
      {values.slice(0, 3).map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values may repeat and never move
        <bdi key={at} className="block truncate">
          {value}
        </bdi>
      ))}
    </span>
  );
}

function doubled(mapping: readonly Column[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { target } of mapping) {
    if (target === null) continue;
    if (seen.has(target)) twice.add(target);
    seen.add(target);
  }
  return twice;
}
