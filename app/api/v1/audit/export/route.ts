import { AuditQuery } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { exportAudit } from "@/lib/services/access/export-audit";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Exports the audit log as CSV, as far as the filters say. Leaves a line of its own.",
    needs: "audit:read",
    gate: caller,
    query: AuditQuery,
    answer: "csv",
    handle: async ({ ctx, query }) => exportAudit(ctx, query),
  }),
});
