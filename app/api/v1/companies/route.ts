import { Company, CompanyList, NamedQuery, NewCompanyRequest } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createCompany, listCompanies } from "@/lib/services/contacts/companies";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists companies by name, with how many contacts work there.",
    needs: "contacts:read",
    gate: caller,
    query: NamedQuery,
    answer: CompanyList,
    handle: async ({ ctx, query }) => listCompanies(ctx, query),
  }),
  POST: route({
    says: "Creates a company.",
    needs: "contacts:write",
    gate: caller,
    body: NewCompanyRequest,
    answer: Company,
    status: 201,
    handle: async ({ ctx, body }) => createCompany(ctx, body),
  }),
});
