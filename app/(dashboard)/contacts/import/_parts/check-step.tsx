"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { TableSkeleton } from "@/components/feedback/skeleton";
import { count } from "@/components/imports/amount-words";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { Tag } from "@/components/ui/tag";
import { type Import, type ImportPreview, previewQuery, startImport } from "@/lib/client/imports";
import { targetLabel } from "./target-choices";

/** What will happen, before it does: the first rows as they would be written, and what is wrong, by column. */
export function CheckStep({
  file,
  onBack,
  onStarted,
}: {
  file: Import;
  onBack: () => void;
  onStarted: (started: Import) => void;
}) {
  const { tenantUuid } = useSignedIn();
  const router = useRouter();
  const preview = useQuery(previewQuery(tenantUuid, file));
  const start = useMutation({
    mutationFn: () => startImport(file.id),
    onSuccess: (started) => {
      onStarted(started);
      router.push(`/contacts/imports/${started.id}` as never);
    },
  });
  return (
    <div className="grid gap-4">
      {start.error && (
        <Note tone="bad" role="alert">
          {start.error.message}
        </Note>
      )}
      <QueryView
        query={preview}
        skeleton={
          <TableSkeleton columns={["Row", "Becomes", "Name", "E-mail", "Phone"].map((header) => ({ header }))} />
        }
        error={{ title: "The file could not be checked", safe: "Nothing was imported." }}
      >
        {(data) => (
          <>
            <Verdict preview={data} file={file} />
            {data.problems.length > 0 && <Problems preview={data} />}
            <Rows preview={data} file={file} />
          </>
        )}
      </QueryView>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          busy={start.isPending}
          onClick={() => start.mutate()}
          offBecause={preview.data ? undefined : "The file is being checked."}
        >
          Import {count(file.rows, "row")}
        </Button>
        <Button onClick={onBack}>Back to the options</Button>
      </div>
    </div>
  );
}

function Verdict({ preview, file }: { preview: ImportPreview; file: Import }) {
  const { looked, faulty } = preview;
  const seen = `${looked < file.rows ? "the first " : ""}${count(looked, "row")}`;
  if (faulty === 0) {
    return <Note tone="good">{looked === 1 ? "The row is in order." : `Nothing is wrong in ${seen}.`}</Note>;
  }
  return (
    <Note tone="waiting">
      <b className="font-medium">
        {faulty.toLocaleString("en")} of {seen} cannot be taken in.
      </b>{" "}
      The others are not held up by it, and the reasons can be downloaded afterwards.
    </Note>
  );
}

function Problems({ preview }: { preview: ImportPreview }) {
  return (
    <section className="grid gap-1.5">
      <h2 className="text-16">What is wrong</h2>
      <Panel>
        <table className="w-full text-13">
          <caption className="sr-only">Problems by column</caption>
          <thead>
            <tr className="h-[30px] border-b border-line text-left text-12 text-soft">
              <th className="px-3.5 font-medium">Column</th>
              <th className="px-3.5 font-medium">Problem</th>
              <th className="px-3.5 text-right font-medium">Rows</th>
              <th className="px-3.5 text-right font-medium max-sm:hidden">First in row</th>
            </tr>
          </thead>
          <tbody>
            {preview.problems.map(({ column, header, problem, rows, firstRow }) => (
              <tr key={`${column} ${problem}`} className="border-b border-line align-top last:border-b-0">
                <th scope="row" className="max-w-[180px] break-words px-3.5 py-2 text-left font-medium">
                  {header ?? "The row"}
                </th>
                <td className="px-3.5 py-2">{problem}</td>
                <td className="num px-3.5 py-2 text-right">{rows.toLocaleString("en")}</td>
                <td className="num px-3.5 py-2 text-right text-soft max-sm:hidden">{firstRow.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </section>
  );
}

const outcomes: Record<
  ImportPreview["rows"][number]["outcome"],
  { label: string; tone: "good" | "info" | "quiet" | "bad" }
> = {
  created: { label: "New", tone: "good" },
  updated: { label: "Updated", tone: "info" },
  unchanged: { label: "As it is", tone: "quiet" },
  skipped: { label: "Skipped", tone: "quiet" },
  failed: { label: "Left out", tone: "bad" },
};

function Rows({ preview, file }: { preview: ImportPreview; file: Import }) {
  const targets = (file.mapping ?? []).flatMap(({ target }) => (target === null ? [] : [target]));
  return (
    <section className="grid gap-1.5">
      <h2 className="text-16">
        {preview.rows.length === 1 ? "The row as it will be" : `The first ${preview.rows.length} rows as they will be`}
      </h2>
      <Panel className="overflow-x-auto">
        <table className="w-full text-13">
          <caption className="sr-only">The first rows as they will be written</caption>
          <thead>
            <tr className="h-[30px] border-b border-line text-left text-12 text-soft">
              <th className="px-3.5 text-right font-medium">Row</th>
              <th className="px-3.5 font-medium">Becomes</th>
              {targets.map((target) => (
                <th key={target} className="whitespace-nowrap px-3.5 font-medium">
                  {targetLabel(target, file.options.newAttributes)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.row} className="border-b border-line align-top last:border-b-0">
                <td className="num px-3.5 py-2 text-right text-soft">{row.row}</td>
                <td className="px-3.5 py-2">
                  <Tag tone={outcomes[row.outcome].tone}>{outcomes[row.outcome].label}</Tag>
                  {row.problems.map((problem) => (
                    <span key={problem} className="mt-1 block min-w-[180px] text-12 text-bad">
                      {problem}
                    </span>
                  ))}
                </td>
                {targets.map((target) => (
                  <td key={target} className="max-w-[220px] truncate px-3.5 py-2">
                    <bdi>{row.fields.find((field) => field.target === target)?.value}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </section>
  );
}
