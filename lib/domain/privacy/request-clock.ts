import { addMs, dayMs } from "@/lib/kernel/time";
import type { RequestState } from "./vocabulary";

/** A month, as the law says; thirty days are never longer than that. */
export const answerDays = 30;

export const dueAt = (receivedAt: Date): Date => addMs(receivedAt, answerDays * dayMs);

export type RequestClock =
  | { kind: "stopped" }
  | { kind: "running"; daysLeft: number; isPressing: boolean }
  | { kind: "overdue"; daysLate: number };

/** How long there is to answer. The last day counts as a day; what is late counts from its first moment. */
export function requestClock(request: { state: RequestState; dueAt: Date }, now: Date): RequestClock {
  if (request.state !== "open") return { kind: "stopped" };
  const left = request.dueAt.getTime() - now.getTime();
  if (left < 0) return { kind: "overdue", daysLate: Math.ceil(-left / dayMs) };
  const daysLeft = Math.ceil(left / dayMs);
  return { kind: "running", daysLeft, isPressing: daysLeft <= 7 };
}
