"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { MergeChoice, useMerging } from "@/components/contacts/merge-choice";
import { useMerge } from "@/components/contacts/use-merge";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { Bone } from "@/components/feedback/skeleton";
import { Crumbs } from "@/components/shell/crumbs";
import { Button, ButtonLink } from "@/components/ui/button";
import { inOneSentence } from "@/components/ui/form-faults";
import { Page, PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { toast } from "@/components/ui/toast";
import { type DuplicatePair, duplicatesQuery, keepApart, pairsShown } from "@/lib/client/contacts";
import { duplicateReasonLabels } from "@/lib/domain/contacts/labels";

export function Duplicates() {
  const { tenantUuid } = useSignedIn();
  const pairs = useQuery(duplicatesQuery(tenantUuid));
  const count = pairs.data?.items.length ?? 0;
  return (
    <Page>
      <Crumbs trail={[{ label: "Duplicates" }]} />
      <PageHead title="Duplicates">
        {count > 0
          ? `${count === pairsShown ? `The first ${pairsShown} pairs` : count === 1 ? "One pair" : `${count} pairs`} that may be one person. Nothing is merged without you.`
          : "Pairs that may be one person: by e-mail address, phone number or name."}
      </PageHead>
      <QueryView
        query={pairs}
        skeleton={<PairSkeleton />}
        error={{ title: "The pairs did not load", safe: "Every contact is as it was." }}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <EmptyState
            title="Everybody is here once"
            action={<ButtonLink href="/contacts">Back to the contacts</ButtonLink>}
          >
            When two contacts share an e-mail address, a phone number or a name, they stand here side by side.
          </EmptyState>
        }
      >
        {(data) => (
          <ul className="grid gap-4">
            {data.items.map((pair) => (
              <Pair key={`${pair.contact.id} ${pair.other.id}`} pair={pair} />
            ))}
          </ul>
        )}
      </QueryView>
    </Page>
  );
}

function Pair({ pair: { contact, other, because } }: { pair: DuplicatePair }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const state = useMerging([contact, other]);
  const merge = useMerge();
  const [busy, setBusy] = useState<"merge" | "apart" | null>(null);
  const { queryKey } = duplicatesQuery(tenantUuid);

  const act = async (which: "merge" | "apart", run: () => Promise<void>) => {
    setBusy(which);
    try {
      await run();
      await client.invalidateQueries({ queryKey });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "They are as they were. Try again." });
    }
    setBusy(null);
  };
  return (
    <li>
      <Panel className="px-4 pt-3 pb-3.5">
        <p className="mb-2 text-13 text-soft">
          They have {inOneSentence(because.map((reason) => duplicateReasonLabels[reason]))}.
        </p>
        <MergeChoice pair={[contact, other]} state={state} />
        <div className="mt-3 flex flex-wrap gap-2">
          <Button busy={busy === "merge"} onClick={() => void act("merge", () => merge(state.merging))}>
            Merge them
          </Button>
          <Button
            variant="quiet"
            busy={busy === "apart"}
            onClick={() =>
              void act("apart", async () => {
                await keepApart(contact.id, other.id);
                toast({ text: "They stay two, and are not suggested again" });
              })
            }
          >
            They are two people
          </Button>
        </div>
      </Panel>
    </li>
  );
}

function PairSkeleton() {
  return (
    <div className="grid gap-4">
      {["one", "two"].map((name) => (
        <div key={name} className="grid gap-3 rounded-lg border border-line bg-surface p-4">
          <Bone width={220} />
          {["a", "b", "c", "d", "e"].map((line) => (
            <Bone key={line} width="80%" />
          ))}
        </div>
      ))}
    </div>
  );
}
