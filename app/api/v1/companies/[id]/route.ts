import { z } from "zod";
import { Company, CompanyChanges } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findCompany, updateCompany } from "@/lib/services/contacts/companies";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows a company.",
    needs: "contacts:read",
    gate: caller,
    params: z.object({ id: wireId("company") }),
    answer: Company,
    handle: async ({ ctx, params }) => findCompany(ctx, params.id),
  }),
  PATCH: route({
    says: "Changes a company; those who work there are found by its new name.",
    needs: "contacts:write",
    gate: caller,
    params: z.object({ id: wireId("company") }),
    body: CompanyChanges,
    answer: Company,
    handle: async ({ ctx, params, body }) => updateCompany(ctx, params.id, body),
  }),
});
