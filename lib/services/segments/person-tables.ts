import { listStays } from "@/db/queries/segments/members";
import { moveStays, partStays } from "@/db/queries/segments/merge-stays";
import { toWireId } from "@/lib/kernel/ids";
import type { PersonTable, TimelineSource } from "../contacts/person-data";

const mostStays = 10_000;

/** What segments know of a person: where they are in, since when, and where they were. */
export const segmentPersonTables: PersonTable[] = [
  {
    table: "segment_members",
    holds: "The segments and lists the person is or was in, with the times",
    erase: "cascade",
    export: async (tx, contactId) =>
      (await listStays(tx.db, tx.tenantId, contactId, mostStays)).map((stay) => ({
        segment: stay.segmentName,
        enteredAt: stay.enteredAt.toISOString(),
        leftAt: stay.leftAt?.toISOString() ?? null,
      })),
    merge: {
      join: (tx, { winnerId, loserId }) => moveStays(tx.db, tx.tenantId, { winnerId, loserId }),
      part: (tx, { winnerId, loserId }, memory) =>
        partStays(tx.db, tx.tenantId, { winnerId, loserId }, memory as Awaited<ReturnType<typeof moveStays>>),
    },
  },
];

/** Entering and leaving as lines of the time line; a stay that ended is two. */
export const segmentTimeline: TimelineSource = {
  kinds: ["segment"],
  needs: "segments:read",
  load: async (tx, contactId, { before, beforeId, limit }) => {
    const stays = await listStays(tx.db, tx.tenantId, contactId, mostStays);
    const lines = stays.flatMap((stay) => {
      const href = `/segments/${toWireId("segment", stay.segmentId)}`;
      const line = (word: "entered" | "left", at: Date) => ({
        id: `segment:${stay.segmentId}:${word}:${at.getTime()}`,
        kind: "segment",
        at,
        actor: null,
        title: `${word === "entered" ? "Entered" : "Left"} ${stay.segmentName}`,
        detail: null,
        channel: null,
        href,
      });
      return [line("entered", stay.enteredAt), ...(stay.leftAt ? [line("left", stay.leftAt)] : [])];
    });
    return lines
      .filter(({ at, id }) => !before || at < before || (at.getTime() === before.getTime() && id < (beforeId ?? "")))
      .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  },
};
