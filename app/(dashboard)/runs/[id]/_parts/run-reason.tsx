import { CodeText } from "@/components/engine/json-value";
import { Note } from "@/components/ui/note";
import type { RunDetail } from "@/lib/client/engine";
import { reasonAdvice } from "@/lib/domain/engine/advice";
import { reasonLabels } from "@/lib/domain/engine/labels";

/** Why a run did not complete, in words first, then as the program said it. */
export function RunReason({ run }: { run: RunDetail }) {
  if (run.worksFor === "platform")
    return (
      <Note className="mb-4">
        {run.reason && <b>{reasonLabels[run.reason]} </b>}
        This run worked for every workspace. You see how it went; what it handled is kept in the server's log.
      </Note>
    );
  if (!run.reason) return null;
  // The step that broke stands open below and says the same.
  const isSaidBelow = run.error && run.steps.some((step) => step.state === "failed" && isSame(step.error, run.error));
  return (
    <div className="mb-4 grid gap-2">
      <Note tone={run.status === "failed" ? "bad" : "quiet"}>
        <b>{reasonLabels[run.reason]}</b> {reasonAdvice[run.reason]}
      </Note>
      {run.error && !isSaidBelow && <CodeText label={run.error.name} text={errorText(run.error)} />}
    </div>
  );
}

const isSame = (one: RunDetail["error"], other: RunDetail["error"]) =>
  one?.name === other?.name && one?.message === other?.message;

/** The stack repeats the message where there is one. */
export function errorText(error: NonNullable<RunDetail["error"]>): string {
  const stack = error.stack?.trim();
  const told = stack?.includes(error.message) ? stack : [error.message, stack].filter(Boolean).join("\n");
  return error.cause
    ? `${told}\n\nCaused by: ${JSON.stringify(error.cause, null, 2)}`
    : told || "No message was given.";
}
