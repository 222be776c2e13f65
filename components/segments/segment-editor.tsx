"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { QueryView } from "@/components/feedback/query-view";
import { Bone, Late } from "@/components/feedback/skeleton";
import { segmentFieldsQuery } from "@/lib/client/segments";
import type { RuleTree } from "@/lib/domain/segments/rules";
import { countUnfinished, type DraftGroup, draftFrom, treeFrom } from "./draft";
import { CountBar, LiveSummary } from "./live-summary";

const RuleBuilder = lazy(() => import("./rule-builder"));

/** The rules at the left, what they come to at the right; on a phone the summary comes after them. */
export function SegmentEditor({
  tenant,
  rules,
  head,
  foot,
}: {
  tenant: string;
  /** What it begins with. */
  rules: RuleTree;
  head?: ReactNode;
  /** The acts, given the rules as they stand. */
  foot: (now: { rules: RuleTree; unfinished: number; isChanged: boolean }) => ReactNode;
}) {
  const fields = useQuery(segmentFieldsQuery(tenant));
  const [draft, setDraft] = useState<DraftGroup>(() => draftFrom(rules));
  const tree = useMemo(() => treeFrom(draft), [draft]);
  const [first] = useState(() => JSON.stringify(treeFrom(draftFrom(rules))));
  const unfinished = countUnfinished(draft);
  const bone = (
    <Late>
      <Bone height={180} className="opacity-20" />
    </Late>
  );
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="grid min-w-0 gap-4">
        {head}
        <QueryView
          query={fields}
          skeleton={<Bone height={180} className="opacity-20" />}
          error={{ title: "The fields did not load", safe: "Nothing is lost." }}
        >
          {(known) => (
            <Suspense fallback={bone}>
              <RuleBuilder draft={draft} onChange={setDraft} fields={known} />
            </Suspense>
          )}
        </QueryView>
        {foot({ rules: tree, unfinished, isChanged: JSON.stringify(tree) !== first })}
      </div>
      <CountBar tenant={tenant} rules={tree} />
      <aside
        aria-label="What the rules come to"
        className="rounded-lg border border-line bg-surface p-4 lg:sticky lg:top-4"
      >
        <LiveSummary tenant={tenant} rules={tree} unfinished={unfinished} />
      </aside>
    </div>
  );
}
