import { z } from "zod";
import { ConsentList, ConsentListQuery, MayContactAnswer, RecordConsentRequest } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { listConsents } from "@/lib/services/consent/list-consents";
import { recordConsent } from "@/lib/services/consent/record-consent";

const params = z.object({ id: wireId("contact") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the ledger of a contact, newest first: who said what, when, where and to which words.",
    needs: "consent:read",
    gate: caller,
    params,
    query: ConsentListQuery,
    answer: ConsentList,
    handle: async ({ ctx, params: { id }, query }) => listConsents(ctx, id, query),
  }),
  POST: route({
    says: "Notes what a contact said, or asks them by letter (pending). Answers whether they may be written to now.",
    needs: "consent:write",
    gate: caller,
    params,
    body: RecordConsentRequest,
    answer: MayContactAnswer,
    handle: async ({ ctx, params: { id }, body }) => recordConsent(ctx, id, body),
  }),
});
