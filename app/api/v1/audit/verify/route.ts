import { AuditVerdict } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { verifyAudit } from "@/lib/services/access/verify-audit";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Recomputes the chain of the audit log and says whether every line is as it was written.",
    needs: "audit:read",
    gate: caller,
    answer: AuditVerdict,
    handle: async ({ ctx }) => verifyAudit(ctx),
  }),
});
