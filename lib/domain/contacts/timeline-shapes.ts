import { z } from "zod";
import { channels } from "@/lib/domain/channels/vocabulary";
import { listOf, listQuery, wireTime } from "@/lib/kernel/wire";

/** A word of a kind, as the registry's sources name theirs: later domains bring kinds that contacts never heard of. */
export const timelineKind = z.string().regex(/^[a-z][a-z_]{0,39}$/, "must be a word such as note or task");

/** One line of a contact's time line: who did what, in words that read without knowing the domain behind it. */
export const TimelineItem = z.strictObject({
  id: z.string(),
  kind: timelineKind,
  at: wireTime,
  actor: z.string().nullable(),
  title: z.string(),
  detail: z.string().nullable(),
  channel: z.enum(channels).nullable(),
  href: z.string().nullable(),
});
export type TimelineItem = z.output<typeof TimelineItem>;

export const TimelineList = listOf(TimelineItem);
export const TimelineQuery = z.strictObject({
  cursor: listQuery.shape.cursor,
  limit: listQuery.shape.limit,
  kind: timelineKind.optional(),
});
export type TimelineQuery = z.output<typeof TimelineQuery>;
