"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { type Change, changesQuery } from "@/lib/client/contacts";
import { doingWords, isUnderWay } from "./change-words";
import { useTellChange } from "./use-change";

/** Long changes go on when one leaves; whoever looks at the contacts sees how far they are. */
export default function RunningChanges() {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const tell = useTellChange();
  const { data } = useQuery({
    ...changesQuery(tenantUuid),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? 1_000 : false),
  });
  const watched = useRef(new Set<string>());
  const changes = data?.items ?? [];

  useEffect(() => {
    for (const change of data?.items ?? []) {
      if (isUnderWay(change)) watched.current.add(change.id);
      else if (watched.current.delete(change.id)) {
        void client.invalidateQueries({ queryKey: [tenantUuid, "contacts"] });
        tell(change);
      }
    }
  }, [data, client, tenantUuid, tell]);

  const running = changes.filter(isUnderWay);
  return (
    <div role="status">
      {running.length > 0 && (
        <ul className="mb-3 grid gap-2 rounded-md border border-line bg-surface px-3.5 py-2.5">
          {running.map((change) => (
            <Progress key={change.id} change={change} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Progress({ change }: { change: Change }) {
  const share = change.total > 0 ? Math.min(1, change.done / change.total) : 0;
  return (
    <li className="grid gap-1 text-13">
      <span className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{doingWords(change)}</span>
        <span className="num text-12 text-soft">
          {change.total > 0
            ? `${change.done.toLocaleString("en")} of ${change.total.toLocaleString("en")}`
            : "counting who is meant"}
          , by {change.createdByName}
        </span>
      </span>
      <span aria-hidden="true" className="block h-1 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full bg-soft" style={{ width: `${share * 100}%` }} />
      </span>
    </li>
  );
}
