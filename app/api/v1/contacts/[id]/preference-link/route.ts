import { z } from "zod";
import { PreferenceLinkRequest, PreferenceLinks } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { makePreferenceLinks } from "@/lib/services/consent/preference-links";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Makes a contact's own links: the preference centre, the way out, and the headers of a letter.",
    needs: "consent:write",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    body: PreferenceLinkRequest,
    answer: PreferenceLinks,
    handle: async ({ ctx, params, body }) => makePreferenceLinks(ctx, params.id, body),
  }),
});
