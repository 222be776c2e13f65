"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { consentChanged, makePreferenceLink, type Reach, reachQuery } from "@/lib/client/consent";
import { channelLabels } from "@/lib/domain/channels/labels";
import type { ConsentAct } from "./consent-dialog";
import { reachLooks, reachOrigin } from "./reach-words";

const ConsentDialog = lazy(() => import("./consent-dialog"));

/** Channels on which something is known, or could be written. The others wait behind a button. */
const isTold = (reach: Reach) => reach.hasAddress || reach.consent !== null || reach.suppressions.length > 0;

/** "May we write": one line a channel, with the reason at hand and what can be done about it. */
export function ConsentPanel({ contactId }: { contactId: string }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const reach = useQuery(reachQuery(tenantUuid, contactId));
  const [act, setAct] = useState<ConsentAct | null>(null);
  const [showsAll, setShowsAll] = useState(false);

  const copyLink = async () => {
    try {
      const { preferencesUrl } = await makePreferenceLink(contactId);
      await navigator.clipboard.writeText(preferencesUrl);
      toast({ text: "The link to their preference centre is copied. It opens their own page only." });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "The link could not be copied." });
    }
  };

  return (
    <section aria-labelledby="may-we-write" className="mt-4 border-t border-line pt-3.5">
      <div className="mb-1.5 flex items-center justify-between gap-2">
        <h2 id="may-we-write" className="text-14">
          May we write
        </h2>
        {can("consent:write") && (
          <Menu
            label="Their own page"
            align="end"
            trigger={
              <IconButton label="Their own page" size="row">
                <Ellipsis aria-hidden="true" />
              </IconButton>
            }
            items={[{ label: "Copy the link to their preferences", onSelect: () => void copyLink() }]}
          />
        )}
      </div>
      <QueryView
        query={reach}
        skeleton={<TextSkeleton lines={4} />}
        error={{
          title: "What they agreed to did not load",
          safe: "Nothing is sent meanwhile that they did not agree to.",
        }}
      >
        {({ items }) => {
          const shown = showsAll ? items : items.filter(isTold);
          return (
            <>
              {shown.length === 0 && <p className="text-13 text-soft">There is no address to write to.</p>}
              <ul>
                {shown.map((each) => (
                  <ChannelLine
                    key={each.channel}
                    reach={each}
                    mayNote={can("consent:write")}
                    onAct={(kind) => setAct({ kind, reach: each, contactId })}
                  />
                ))}
              </ul>
              {!showsAll && shown.length < items.length && (
                <Button size="row" variant="quiet" className="-ml-2 mt-0.5" onClick={() => setShowsAll(true)}>
                  {items.length - shown.length} more channels
                </Button>
              )}
            </>
          );
        }}
      </QueryView>
      {act && (
        <Suspense fallback={null}>
          <ConsentDialog
            act={act}
            onClose={() => setAct(null)}
            onDone={(words) => {
              consentChanged(client, tenantUuid);
              toast({ text: words });
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

function ChannelLine({
  reach,
  mayNote,
  onAct,
}: {
  reach: Reach;
  mayNote: boolean;
  onAct: (kind: ConsentAct["kind"]) => void;
}) {
  const look = reachLooks[reach.because];
  const origin = reachOrigin(reach);
  const name = channelLabels[reach.channel];
  const isAgainst = reach.consent?.state === "denied" || reach.because === "suppressed" || reach.because === "erased";
  const why = isAgainst ? "Only the person can say yes again" : undefined;
  const items: MenuItem[] = [
    { label: "They said yes", offBecause: why, onSelect: () => onAct("granted") },
    ...(reach.channel === "email" && reach.hasAddress
      ? [{ label: "Ask them by letter", offBecause: why, onSelect: () => onAct("pending") }]
      : []),
    { label: "They said no", onSelect: () => onAct("denied") },
    { kind: "line" },
    {
      label: "Block the address",
      tone: "bad",
      offBecause: reach.hasAddress ? undefined : "There is no address",
      onSelect: () => onAct("suppress"),
    },
  ];
  return (
    <li className="flex min-h-8 items-center gap-2 py-1 text-13 coarse:min-h-11">
      <span className="w-[84px] flex-none truncate text-soft">{name}</span>
      <Tooltip text={reach.says}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason can be read by keyboard too */}
        <span tabIndex={0} className="flex min-w-0 grow flex-wrap items-baseline gap-x-1.5">
          <Status tone={look.tone} shape={look.shape}>
            {look.label}
          </Status>
          {origin && <span className="min-w-0 text-12 text-soft [overflow-wrap:anywhere]">{origin}</span>}
        </span>
      </Tooltip>
      {mayNote && (
        <Menu
          label={`${name}: note what they said`}
          align="end"
          trigger={
            <IconButton label={`${name}: note what they said`} size="row">
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
          items={items}
        />
      )}
    </li>
  );
}
