"use client";

import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { CodeText, JsonValue, LongValue } from "@/components/engine/json-value";
import { stepShapes } from "@/components/engine/status-shapes";
import { tookWords, useSeconds } from "@/components/engine/took";
import { cn } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { api } from "@/lib/client/api";
import { isOpenRun, outputQuery, type RunDetail, type RunStep } from "@/lib/client/engine";
import { functionWords } from "@/lib/domain/engine/describe-function";
import { stepKindLabels, stepLabels } from "@/lib/domain/engine/labels";
import { placeBar } from "./place-bar";
import { errorText } from "./run-reason";

/** The steps one below the other, each where it lay in time. Pressed, a step shows what it gave back. */
export function Waterfall({ run }: { run: RunDetail }) {
  const now = useSeconds(isOpenRun(run));
  const span = {
    from: Date.parse(run.startedAt ?? run.createdAt),
    to: Math.max(run.endedAt ? Date.parse(run.endedAt) : now, Date.parse(run.startedAt ?? run.createdAt) + 1),
  };
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(firstOpen(run)));
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const onKey = (event: KeyboardEvent<HTMLOListElement>) => {
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.metaKey || event.ctrlKey || event.altKey) return;
    const heads = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-step]")];
    const at = heads.indexOf(document.activeElement as HTMLElement);
    const next = heads[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <Panel className="overflow-clip max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
      <div
        aria-hidden="true"
        className="num flex h-[30px] items-center border-b border-line px-3.5 text-12 text-soft max-sm:hidden"
      >
        <span className="w-[46%] flex-none font-medium">Step</span>
        <span className="flex grow justify-between pr-[78px]" suppressHydrationWarning>
          <span>0</span>
          <span>{tookWords((span.to - span.from) / 2)}</span>
          <span>{tookWords(span.to - span.from)}</span>
        </span>
      </div>
      <ol onKeyDown={onKey}>
        {run.steps.map((step) => (
          <StepRow
            key={step.id}
            run={run}
            step={step}
            span={span}
            isOpen={open.has(step.id)}
            onToggle={() => toggle(step.id)}
          />
        ))}
      </ol>
    </Panel>
  );
}

/** What went wrong is what one came for. */
const firstOpen = (run: RunDetail) =>
  run.worksFor === "workspace"
    ? run.steps
        .filter((step) => step.state === "failed" || step.state === "retrying")
        .map((step) => step.id)
        .slice(-1)
    : [];

type Span = { from: number; to: number };
const fills = { work: "bg-line-field", rest: "bg-info-soft inset-ring inset-ring-info/40", bad: "bg-bad" };

function StepRow({
  run,
  step,
  span,
  isOpen,
  onToggle,
}: {
  run: RunDetail;
  step: RunStep;
  span: Span;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const panel = useId();
  const { label, tone } = stepLabels[step.state];
  const began = Date.parse(step.startedAt ?? step.createdAt);
  const ended = step.endedAt ? Date.parse(step.endedAt) : null;
  const bar = placeBar({ began, ended }, span);
  const isBare = run.worksFor === "platform";
  const fill =
    step.state === "failed" ? fills.bad : step.kind === "run" || step.kind === "send" ? fills.work : fills.rest;
  const words = (
    <>
      {!isBare && (
        <ChevronRight
          aria-hidden="true"
          className={cn("!size-3.5 flex-none text-faint transition-transform duration-100", isOpen && "rotate-90")}
        />
      )}
      <StatusMark tone={tone} shape={stepShapes[step.state]} />
      <span className="min-w-0 truncate font-book">{step.name}</span>
      <span className="flex-none text-12 text-soft">
        {step.state === "done" && step.kind === "run" ? "" : `${stepKindLabels[step.kind]}, ${label.toLowerCase()}`}
        {step.attempts > 1 && ` ${step.state === "done" && step.kind === "run" ? "" : "· "}${step.attempts} tries`}
      </span>
      <span className="sr-only">{label}</span>
    </>
  );
  const head =
    "flex min-h-9 w-full items-center px-3.5 max-sm:px-4 text-left text-13 max-sm:flex-wrap max-sm:gap-x-2 max-sm:py-2 coarse:min-h-11";
  const body = (
    <>
      <span className="flex w-[46%] min-w-0 flex-none items-center gap-2 pr-3 max-sm:w-full">{words}</span>
      <span className="flex min-w-0 grow items-center gap-2.5" suppressHydrationWarning>
        {bar === null ? (
          <span className="text-12 text-soft">taken over from the run it replays</span>
        ) : (
          <>
            <span className="relative block h-2.5 min-w-0 grow">
              <span
                className={cn("absolute inset-y-0 min-w-[3px] rounded-[2px]", fill)}
                style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
              />
            </span>
            <span className="num w-[68px] flex-none text-right text-12 text-soft">
              {ended === null ? "open" : tookWords(ended - began)}
            </span>
          </>
        )}
      </span>
    </>
  );
  return (
    <li className="border-b border-line last:border-b-0">
      {isBare ? (
        <div className={head}>{body}</div>
      ) : (
        <button
          type="button"
          data-step=""
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={onToggle}
          className={cn(head, "focus-inset hover:bg-hover")}
        >
          {body}
        </button>
      )}
      {isOpen && (
        <div id={panel} className="grid gap-3 px-3.5 pt-1 pb-3.5 max-sm:px-4 sm:pl-9">
          <StepFacts run={run} step={step} />
        </div>
      )}
    </li>
  );
}

function StepFacts({ run, step }: { run: RunDetail; step: RunStep }) {
  const { tenantUuid } = useSignedIn();
  const child = run.children.find((each) => each.parentStepId === step.id);
  const isOpen = step.endedAt === null;
  return (
    <>
      <p className="text-13 text-soft">
        {stepLabels[step.state].label}
        {step.startedAt && (
          <>
            , begun <Time at={step.startedAt} />
          </>
        )}
        {step.attempts > 0 && `, ${step.attempts} ${step.attempts === 1 ? "try" : "tries"}`}
        {step.until && (
          <>
            , {step.kind === "sleep" ? (isOpen ? "wakes" : "until") : isOpen ? "gives up" : "at most until"}{" "}
            <Time at={step.until} />
          </>
        )}
        {step.kind === "wait" && step.detail && (
          <>
            , for <span className="font-mono text-12">{step.detail}</span>
          </>
        )}
        {step.kind === "invoke" && step.detail && <>, invokes {functionWords(step.detail, null)}</>}
        {child && (
          <>
            :{" "}
            <TextLink href={`/runs/${child.id}`} look="ink">
              see its run
            </TextLink>
          </>
        )}
        .
      </p>
      {step.error && <CodeText label={step.error.name} text={errorText(step.error)} />}
      {step.isOutputLong ? (
        <LongValue
          label="The output"
          query={{
            queryKey: outputQuery(tenantUuid, run.id, step.id).queryKey,
            load: async (signal) =>
              (await api<{ output: unknown }>(`/runs/${run.id}/output`, { query: { step: step.id }, signal })).output,
          }}
        />
      ) : (
        step.state === "done" &&
        (step.output === null ? (
          <p className="text-13 text-soft">It gave nothing back.</p>
        ) : (
          <JsonValue label={step.kind === "wait" ? "The event" : "Output"} value={step.output} />
        ))
      )}
    </>
  );
}
