"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { FormSkeleton } from "@/components/feedback/skeleton";
import { scoreModelQuery } from "@/lib/client/contacts";
import { AttributeTable } from "./_parts/attribute-table";
import { TagTable } from "./_parts/tag-table";

const ScoreForm = lazy(() => import("./_parts/score-form"));

/** What a workspace makes of its contacts: its own facts, its own words, and what counts how much. */
export function ContactSettings() {
  const { tenantUuid, can } = useSignedIn();
  const model = useQuery(scoreModelQuery(tenantUuid));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
      <AttributeTable />
      <TagTable />
      <section aria-labelledby="score">
        <SectionHead
          id="score"
          title="Lead score"
          says="From 0 to 100, the same sum for everybody, with its reasons on each contact. Saving scores everybody again."
        />
        <QueryView
          query={model}
          skeleton={<FormSkeleton fields={6} />}
          error={{ title: "The weights did not load", safe: "Scores stay as they are." }}
        >
          {(data) => (
            <Suspense fallback={<FormSkeleton fields={6} />}>
              <ScoreForm model={data} mayChange={can("contacts:configure")} />
            </Suspense>
          )}
        </QueryView>
      </section>
    </div>
  );
}
