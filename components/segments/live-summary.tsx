"use client";

import { ErrorState } from "@/components/feedback/error-state";
import { Bone, Late } from "@/components/feedback/skeleton";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { Note } from "@/components/ui/note";
import { Spinner } from "@/components/ui/spinner";
import { ApiError } from "@/lib/client/api";
import type { RuleTree } from "@/lib/domain/segments/rules";
import { countWords, shareWords } from "./count-words";
import { useLiveCount } from "./use-live-count";

/** The summary that never leaves: how many, what the rules say, and who some of them are. */
export function LiveSummary({ tenant, rules, unfinished }: { tenant: string; rules: RuleTree; unfinished: number }) {
  const { query, count, isBehind, isCounting } = useLiveCount(tenant, rules);
  if (!count) {
    if (!query.error)
      return (
        <Late>
          <Bone height={220} className="opacity-20" />
        </Late>
      );
    return (
      <ErrorState
        title="The people were not counted"
        safe="Your rules are kept."
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  const share = count.everybody === 0 ? 0 : Math.min(1, count.count / count.everybody);
  return (
    <div className="grid gap-4">
      {query.error instanceof ApiError && (
        <Note tone="bad" role="status">
          {query.error.message}
        </Note>
      )}
      <div aria-busy={isBehind || undefined} className={cn("transition-opacity", isBehind && "opacity-60")}>
        <p className="num flex items-baseline gap-2 text-28 tracking-[-0.02em]" aria-live="polite">
          <span>{countWords(count)}</span>{" "}
          <span className="text-13 font-normal tracking-normal text-soft">
            {count.count === 1 && !count.isEstimate ? "person" : "people"}
          </span>
          {(isCounting || isBehind) && <Spinner />}
        </p>
        <div
          role="img"
          aria-label={`${shareWords(count.count, count.everybody)} of all ${count.everybody.toLocaleString("en")} contacts`}
          className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div className="h-full rounded-full bg-soft" style={{ width: `${share * 100}%` }} />
        </div>
        <p className="num mt-1 text-12 text-soft">
          {shareWords(count.count, count.everybody)} of {count.everybody.toLocaleString("en")} contacts
          {count.isEstimate &&
            `. From a sample: between ${count.low.toLocaleString("en")} and ${count.high.toLocaleString("en")}`}
          {isCounting && ", being counted"}
        </p>
      </div>
      <div className="border-t border-line pt-3">
        <h2 className="text-13">In words</h2>
        <p className="mt-0.5 text-13 break-words text-soft" dir="auto">
          {count.says}
        </p>
        {unfinished > 0 && (
          <p className="mt-1 text-12 text-waiting">
            {unfinished === 1
              ? "One rule is not finished and does not count yet."
              : `${unfinished} rules are not finished and do not count yet.`}
          </p>
        )}
      </div>
      <div className="border-t border-line pt-3">
        <h2 className="text-13">{count.count > count.sample.length ? "Some of them" : "Who they are"}</h2>
        {count.sample.length === 0 ? (
          <p className="mt-0.5 text-13 text-soft">
            {count.count === 0 ? "Nobody fits all of this." : "They show once the number is exact."}
          </p>
        ) : (
          <ul className="mt-1.5 grid gap-1.5">
            {count.sample.map((person) => (
              <li key={person.id} className="flex min-w-0 items-center gap-2 text-13">
                <Avatar name={person.name || person.email || "?"} />
                <span className="min-w-0 grow truncate" dir="auto" title={person.name}>
                  {person.name || person.email || person.phone || "Without a name"}
                </span>
                <span className="num flex-none text-12 text-faint">
                  {person.grade} {person.score}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Where the summary lies below the rules: the number stays in sight above the bar of the phone. */
export function CountBar({ tenant, rules }: { tenant: string; rules: RuleTree }) {
  const { count, isBehind } = useLiveCount(tenant, rules);
  if (!count) return null;
  return (
    <p
      aria-hidden="true"
      className={cn(
        "num sticky bottom-20 z-10 justify-self-center rounded-full border border-line bg-raised px-3.5 py-1.5 text-13 font-strong shadow-float lg:hidden",
        isBehind && "text-faint",
      )}
    >
      {countWords(count)} {count.count === 1 && !count.isEstimate ? "person" : "people"}
    </p>
  );
}
