import { listConsentEvents, listSuppressionEvents } from "@/db/queries/consent/person-rows";
import { channelLabels, purposeLabels } from "@/lib/domain/channels/labels";
import { reasonLabels, sourceLabels } from "@/lib/domain/consent/labels";
import type { TimelineSource } from "../contacts/person-data";

const words = { granted: "Yes", denied: "No", pending: "Asked about" } as const;

/** What consent has to tell of a person. */
export const consentTimeline: TimelineSource[] = [
  {
    kinds: ["consent"],
    needs: "consent:read",
    load: async (tx, contactId, place) => {
      const rows = await listConsentEvents(tx.db, tx.tenantId, contactId, place);
      return rows.map((line) => ({
        id: line.id,
        kind: "consent",
        at: line.at,
        actor: line.source === "person" ? null : line.actor_name,
        title: `${words[line.state]}${line.state === "pending" ? "" : " to"} ${purposeLabels[line.purpose].label.toLowerCase()} by ${channelLabels[line.channel]}${line.topic ? `, “${line.topic}”` : ""}`,
        detail: [sourceLabels[line.source], line.source_detail].filter((part) => part !== null).join(": "),
        channel: line.channel,
        href: null,
      }));
    },
  },
  {
    kinds: ["suppression"],
    needs: "consent:read",
    load: async (tx, contactId, place) => {
      const rows = await listSuppressionEvents(tx.db, tx.tenantId, contactId, place);
      return rows.map((row) => ({
        id: row.id,
        kind: "suppression",
        at: row.at,
        actor: row.source === "person" ? null : row.actor_name,
        title: `Not to be written to: ${reasonLabels[row.reason].label.toLowerCase()}`,
        detail: row.lifted_by ? `Lifted by ${row.lifted_by}: ${row.lifted_because}` : row.note,
        channel: row.channel === "*" ? null : row.channel,
        href: null,
      }));
    },
  },
];
