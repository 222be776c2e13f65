"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, Undo2 } from "lucide-react";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import { bytesInWords, count, timeLeftInWords } from "@/components/imports/amount-words";
import { ImportStatus } from "@/components/imports/import-status";
import { ProgressBar } from "@/components/imports/progress-bar";
import { Crumbs } from "@/components/shell/crumbs";
import { Button, ButtonLink, buttonClass } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Note } from "@/components/ui/note";
import { Band, Page } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { cancelImport, type Import, importQuery, problemsFile, problemsQuery, undoImport } from "@/lib/client/imports";
import { missingInWords, policyLabels } from "@/lib/domain/imports/labels";

export function ImportView({ id }: { id: string }) {
  const { tenantUuid } = useSignedIn();
  const found = useQuery(importQuery(tenantUuid, id));
  return (
    <Page>
      <QueryView
        query={found}
        skeleton={<TextSkeleton lines={8} />}
        error={{ title: "The import did not load", safe: "It goes on meanwhile; only this page is affected." }}
      >
        {(data) => <Shown file={data} />}
      </QueryView>
    </Page>
  );
}

function Shown({ file }: { file: Import }) {
  return (
    <>
      <Crumbs trail={[{ label: "Imports and exports", href: "/contacts/imports" }, { label: file.fileName }]} />
      <header className="mb-4 flex flex-wrap items-start gap-3">
        <div className="min-w-0 grow basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="break-words">{file.fileName}</h1>
            <span role="status">
              <ImportStatus state={file.state} />
            </span>
          </div>
          <p className="mt-1 text-13 text-soft">
            {count(file.rows, "row")}, {bytesInWords(file.bytes)}, brought by {file.createdByName}{" "}
            <Time at={file.createdAt} />. Known people: {policyLabels[file.policy].label.toLowerCase()}.
          </p>
        </div>
        <Acts file={file} />
      </header>
      {file.failure && (
        <Note tone="bad" className="mb-4">
          <b className="font-medium">It stopped.</b> {file.failure} What is in stays, and can be taken back.
        </Note>
      )}
      {file.state === "ready" && (
        <Note
          tone="waiting"
          className="mb-4"
          action={<ButtonLink href={`/contacts/import?import=${file.id}`}>Go on</ButtonLink>}
        >
          The file waits for you to say what its columns hold.
        </Note>
      )}
      {file.undone && <Undone file={file} />}
      <Band title="Progress" says={progressSays(file)}>
        <div className="grid max-w-[560px] gap-2">
          <ProgressBar done={file.done} total={file.rows} label="Import" />
          <p className="num text-13">
            <b className="font-medium">{file.done.toLocaleString("en")}</b>{" "}
            <span className="text-soft">
              of {count(file.rows, "row")}
              {/* Once it is being taken back the time no longer belongs to the taking in. */}
              {!isTakenBack(file) &&
                file.rowsPerSecond !== null &&
                `, ${file.rowsPerSecond.toLocaleString("en")} a second`}
              {file.secondsLeft !== null && `, ${timeLeftInWords(file.secondsLeft)} left`}
            </span>
          </p>
        </div>
      </Band>
      <Band title="What came of it" says="Each row of the file is in one of these.">
        <dl className="grid max-w-[560px] grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
          <Figure
            label="New"
            amount={file.created}
            href={isTakenBack(file) ? undefined : `/contacts?import=${file.id}`}
          />
          <Figure label="Updated" amount={file.updated} />
          <Figure label="Left as it was" amount={file.skipped} />
          <Figure label="Left out" amount={file.failed} href={file.failed > 0 ? "#problems" : undefined} />
        </dl>
      </Band>
      {file.failed > 0 && <Problems file={file} />}
    </>
  );
}

const isTakenBack = ({ state }: Import) => state === "undoing" || state === "undone";

function progressSays(file: Import): string {
  if (file.state === "running") return "You can leave this page. It goes on.";
  if (file.state === "undoing") return "Being taken back. You can leave this page.";
  if (file.state === "cancelled") return "Stopped before the end.";
  return "";
}

function Figure({ label, amount, href }: { label: string; amount: number; href?: string | undefined }) {
  const words = amount.toLocaleString("en");
  return (
    <div>
      <dt className="text-12 text-soft">{label}</dt>
      <dd className="num text-20 font-medium">
        {href && amount > 0 ? (
          <TextLink href={href} look="ink">
            {words}
          </TextLink>
        ) : (
          words
        )}
      </dd>
    </div>
  );
}

function Undone({ file }: { file: Import }) {
  if (!file.undone) return null;
  const { removed, restored, kept } = file.undone;
  return (
    <Note tone={kept > 0 ? "waiting" : "info"} className="mb-4">
      {count(removed, "new contact")} removed, {count(restored, "contact")} given back as{" "}
      {restored === 1 ? "it was" : "they were"}.{" "}
      {kept > 0 &&
        `${count(kept, "contact")} ${kept === 1 ? "was" : "were"} changed since and ${kept === 1 ? "stays" : "stay"}.`}
    </Note>
  );
}

function Acts({ file }: { file: Import }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const keep = (changed: Import) => {
    client.setQueryData(importQuery(tenantUuid, changed.id).queryKey, changed);
    void client.invalidateQueries({ queryKey: [tenantUuid, "imports", "list"] });
  };
  const stop = useMutation({ mutationFn: () => cancelImport(file.id), onSuccess: keep });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {stop.error && (
        <span role="alert" className="text-12 text-bad">
          {stop.error.message}
        </span>
      )}
      {file.acts.includes("cancel") && (
        <Button busy={stop.isPending} onClick={() => stop.mutate()}>
          Stop here
        </Button>
      )}
      {file.acts.includes("undo") && (
        <Button variant="risky" icon={<Undo2 aria-hidden="true" />} onClick={() => setAsking(true)}>
          Take it back
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={async () => keep(await undoImport(file.id))}
        title="Take the import back?"
        says={`${count(file.created, "new contact")} will be removed and ${count(file.updated, "contact")} given back as before. Whoever was changed since stays as they are.`}
        confirm="Take it back"
      />
    </div>
  );
}

function Problems({ file }: { file: Import }) {
  const { tenantUuid } = useSignedIn();
  const problems = useQuery(problemsQuery(tenantUuid, file.id, file.failed));
  return (
    <Band
      title="Left out"
      says={`${count(file.failed, "row")} could not be taken in. Mend them in the file and bring it again: nobody is made twice.`}
    >
      <div id="problems" className="grid gap-3">
        <div>
          <a href={problemsFile(file.id)} download={`problems of ${file.fileName}`} className={buttonClass({})}>
            <Download aria-hidden="true" />
            Download these rows
          </a>
        </div>
        <QueryView
          query={problems}
          skeleton={<TextSkeleton lines={4} />}
          error={{ title: "The rows did not load", safe: "The file with all of them can still be downloaded." }}
        >
          {({ items, nextCursor, missing }) => (
            <Panel className="overflow-x-auto">
              <table className="w-full text-13">
                <caption className="sr-only">Rows that were left out</caption>
                <thead>
                  <tr className="h-[30px] border-b border-line text-left text-12 text-soft">
                    <th className="w-[80px] px-3.5 text-right font-medium">Row</th>
                    <th className="px-3.5 font-medium">Problem</th>
                    <th className="px-3.5 font-medium">The row</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ row, problem, cells }) => (
                    <tr key={row} className="border-b border-line align-top last:border-b-0">
                      <td className="num px-3.5 py-2 text-right text-soft">{row.toLocaleString("en")}</td>
                      <td className="min-w-[220px] px-3.5 py-2">{problem}</td>
                      <td className="max-w-[320px] truncate px-3.5 py-2 text-soft">
                        <bdi>{cells.filter(Boolean).join(", ").slice(0, 200)}</bdi>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {nextCursor && <p className="border-t border-line px-3.5 py-2 text-12 text-soft">More in the file.</p>}
              {missing > 0 && (
                <p className="border-t border-line px-3.5 py-2 text-12 text-soft">{missingInWords(missing)}</p>
              )}
            </Panel>
          )}
        </QueryView>
      </div>
    </Band>
  );
}
