import { AuditList, AuditQuery } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listAudit } from "@/lib/services/access/list-audit";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the audit log, newest first: who did what, with before and after.",
    needs: "audit:read",
    gate: caller,
    query: AuditQuery,
    answer: AuditList,
    handle: async ({ ctx, query }) => listAudit(ctx, query),
  }),
});
