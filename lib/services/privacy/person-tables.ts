import {
  forgetAsker,
  listDataRequests,
  moveDataRequests,
  moveDataRequestsBack,
} from "@/db/queries/privacy/data-requests";
import type { PersonTable } from "../contacts/person-data";

/** What data protection itself knows of a person. */
export const privacyTables: PersonTable[] = [
  {
    table: "data_requests",
    holds: "What the person asked of their own data, and by when it was answered",
    // The case stays as a proof that it was answered in time; who asked is forgotten.
    erase: (tx, contactId) => forgetAsker(tx.db, tx.tenantId, contactId),
    export: async (tx, contactId) => {
      const rows = await listDataRequests(tx.db, tx.tenantId, { contactId, limit: 1_000 });
      return rows.map(({ tenantId: _, contactId: __, metadata: ___, ...row }) => row);
    },
    merge: {
      join: (tx, { winnerId, loserId }) => moveDataRequests(tx.db, tx.tenantId, loserId, winnerId),
      part: (tx, { loserId }, memory) => moveDataRequestsBack(tx.db, tx.tenantId, memory as string[], loserId),
    },
  },
];
