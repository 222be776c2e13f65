import type { ReactNode } from "react";
import { Status } from "@/components/ui/status";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { RunRef } from "@/lib/client/engine";
import { runLabels } from "@/lib/domain/engine/labels";
import { runShapes } from "./status-shapes";

/** Another run in one line: what it is of, how it stands, when it came. */
export function RunLine({ run, children }: { run: RunRef; children?: ReactNode }) {
  const { label, tone } = runLabels[run.status];
  return (
    <p className="flex min-h-8 flex-wrap items-center gap-x-3 text-13">
      <Status tone={tone} shape={runShapes[run.status]} className="min-w-[92px]">
        {label}
      </Status>
      <TextLink href={`/runs/${run.id}`} look="ink">
        {run.functionName}
      </TextLink>
      {children}
      <Time at={run.createdAt} className="ml-auto text-soft" />
    </p>
  );
}
