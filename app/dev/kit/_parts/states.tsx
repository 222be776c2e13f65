"use client";

import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { FormSkeleton, TableSkeleton } from "@/components/feedback/skeleton";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";

type Kind = "loading" | "empty" | "error" | "line" | "data" | "old";

class Refused extends Error {
  status = 503;
  code = "unavailable";
  requestId = "req_7fk2m9";
}

export function States() {
  const [kind, setKind] = useState<Kind>("data");
  const data =
    kind === "loading" || kind === "error" || kind === "line"
      ? undefined
      : kind === "empty"
        ? []
        : ["Nwèl table linen", "Order follow-up"];
  return (
    <div className="grid gap-6 lg:grid-cols-[1.25fr_1fr_1fr]">
      <div>
        <h3 className="mb-2 text-12 font-medium text-soft">Loading, shown after 150 ms</h3>
        <TableSkeleton
          columns={[
            { header: "Campaign" },
            { header: "State" },
            { header: "Sent against plan" },
            { header: "Orders", align: "right" },
          ]}
        />
      </div>
      <div>
        <h3 className="mb-2 text-12 font-medium text-soft">Empty</h3>
        <EmptyState
          title="No campaign has run yet"
          action={
            <>
              <Button variant="primary" keys="c">
                Start a campaign
              </Button>
              <Button>Import contacts</Button>
            </>
          }
        >
          Bring your customers or try the 40 in the sandbox. You see who gets what, and what it costs, before anything
          leaves.
        </EmptyState>
      </div>
      <div>
        <h3 className="mb-2 text-12 font-medium text-soft">Loading a form</h3>
        <div className="rounded-lg border border-line bg-surface p-5">
          <FormSkeleton fields={2} />
        </div>
      </div>
      <div className="lg:col-span-3">
        <div className="mb-3">
          <Segmented
            label="State of the query"
            value={kind}
            onChange={setKind}
            choices={[
              { value: "data", label: "Data" },
              { value: "old", label: "Old data" },
              { value: "loading", label: "Loading" },
              { value: "empty", label: "Empty" },
              { value: "error", label: "Error" },
              { value: "line", label: "No line" },
            ]}
          />
        </div>
        <QueryView
          query={{
            data,
            error:
              kind === "error" || kind === "old"
                ? new Refused("The database did not answer in time.")
                : kind === "line"
                  ? new TypeError("fetch failed")
                  : null,
            isPending: kind === "loading",
            isFetching: false,
            dataUpdatedAt: Date.now() - 4 * 60_000,
            refetch: () => setKind("data"),
          }}
          skeleton={<TableSkeleton columns={[{ header: "Campaign" }, { header: "State" }]} rows={2} />}
          isEmpty={(list) => list.length === 0}
          empty={<EmptyState title="Nothing here yet">The first one appears by itself.</EmptyState>}
          error={{
            title: "The campaigns did not load",
            safe: "Sending goes on as planned; only this list is affected. Your filters are kept.",
          }}
        >
          {(list) => (
            <ul className="rounded-lg border border-line bg-surface">
              {list.map((name) => (
                <li key={name} className="flex h-9 items-center border-b border-line px-3.5 text-13 last:border-b-0">
                  {name}
                </li>
              ))}
            </ul>
          )}
        </QueryView>
      </div>
    </div>
  );
}
