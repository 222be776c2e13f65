"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import {
  ArrowDownUp,
  Ban,
  ChartPie,
  Circle,
  GitMerge,
  type LucideIcon,
  Pencil,
  ShieldCheck,
  SquareCheck,
  StickyNote,
  Upload,
  UserPlus,
} from "lucide-react";
import { useSignedIn } from "@/components/access/signed-in";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import { Pagination } from "@/components/ui/pagination";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { itemsOf } from "@/lib/client/access";
import { type TimelineItem, timelineQuery } from "@/lib/client/contacts";
import { byDay } from "./days";
import { NoteMenu } from "./note-menu";

/** Kinds that later domains bring stand with a plain dot until somebody gives them a picture. */
const icons: Record<string, LucideIcon> = {
  note: StickyNote,
  task: SquareCheck,
  consent: ShieldCheck,
  suppression: Ban,
  score: ArrowDownUp,
  segment: ChartPie,
  merge: GitMerge,
  import: Upload,
  change: Pencil,
  created: UserPlus,
};

/** One time line of everything, or of one kind, in days as the reader counts them. */
export function Timeline({ contactId, kind, empty }: { contactId: string; kind: string | null; empty: string }) {
  const { tenantUuid, person, workspace } = useSignedIn();
  const lines = useInfiniteQuery(timelineQuery(tenantUuid, contactId, kind));
  const items = itemsOf(lines.data);
  const settings = {
    timeZone: person.timeZone ?? workspace.timeZone,
    locale: person.locale === "en" ? "en-GB" : person.locale,
    now: new Date(),
  };
  return (
    <QueryView
      query={lines}
      skeleton={<TextSkeleton lines={7} />}
      error={{ title: "The time line did not load", safe: "What happened is kept; only this list is affected." }}
      isEmpty={() => items.length === 0}
      empty={
        <EmptyState look="bare" title="Nothing yet">
          {empty}
        </EmptyState>
      }
    >
      {() => (
        <>
          {byDay(items, settings).map((day) => (
            <section key={day.key} aria-label={day.label}>
              <h3 className="flex items-center gap-3 pt-3 pb-1 !text-12 after:h-px after:grow after:bg-line sm:pl-0">
                <span className="sm:w-[86px] sm:text-right" suppressHydrationWarning>
                  {day.label}
                </span>
              </h3>
              <ol>
                {day.items.map((item) => (
                  <Line key={item.id} item={item} contactId={contactId} />
                ))}
              </ol>
            </section>
          ))}
          {lines.hasNextPage && (
            <Pagination
              kind="more"
              hasMore
              shown={items.length}
              isLoading={lines.isFetchingNextPage}
              onMore={() => void lines.fetchNextPage()}
            />
          )}
        </>
      )}
    </QueryView>
  );
}

function Line({ item, contactId }: { item: TimelineItem; contactId: string }) {
  const Icon = icons[item.kind] ?? Circle;
  return (
    <li className="group/line grid grid-cols-[44px_16px_minmax(0,1fr)_auto] items-start gap-x-2.5 py-[5px] text-13 sm:grid-cols-[86px_16px_minmax(0,1fr)_auto]">
      <Time at={item.at} style="clock" className="text-right text-12 leading-[18px] text-faint" />
      <Icon
        aria-hidden="true"
        className="mt-px"
        style={{
          color: item.channel
            ? `var(--ch-${item.channel === "contact_form" ? "form" : item.channel})`
            : "var(--ink-faint)",
        }}
      />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        {item.kind === "note" ? (
          <>
            <bdi className="font-medium">{item.actor}</bdi> <span className="text-soft">to the team</span>
          </>
        ) : (
          <>
            {item.href ? (
              <TextLink href={item.href} look="ink">
                {item.title}
              </TextLink>
            ) : (
              <bdi>{item.title}</bdi>
            )}
            {item.actor && <bdi className="ml-1.5 text-soft">{item.actor}</bdi>}
          </>
        )}
        {item.detail && (
          <p dir="auto" className="whitespace-pre-wrap text-soft">
            {item.detail}
          </p>
        )}
      </div>
      {item.kind === "note" && item.detail !== null ? (
        <NoteMenu item={item} contactId={contactId} />
      ) : (
        <span aria-hidden="true" />
      )}
    </li>
  );
}
