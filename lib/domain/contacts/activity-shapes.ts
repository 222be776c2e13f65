import { z } from "zod";
import { channels } from "@/lib/domain/channels/vocabulary";
import { wireTime } from "@/lib/kernel/wire";
import { timelineKind } from "./timeline-shapes";

/** Something that happened with a person at a moment, small enough to be drawn as a mark. */
export const ActivityMoment = z.strictObject({
  /** A kind of the time line, or what is known without a line: opened, clicked, replied, sent, purchase, visit. */
  kind: timelineKind,
  at: wireTime,
  channel: z.enum(channels).nullable(),
  says: z.string(),
});
export type ActivityMoment = z.output<typeof ActivityMoment>;

/** The last ninety days of a contact at a glance, and how long its time line is, by kind. */
export const ContactActivity = z.strictObject({
  since: wireTime,
  until: wireTime,
  /** `is_more` where there are more lines than were counted. */
  kinds: z.array(z.strictObject({ kind: timelineKind, count: z.number().int(), isMore: z.boolean() })),
  /** Newest first, at most five hundred. */
  moments: z.array(ActivityMoment),
});
export type ContactActivity = z.output<typeof ContactActivity>;
