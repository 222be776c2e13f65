import { z } from "zod";
import { ContactActivity } from "@/lib/domain/contacts/activity-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findActivity } from "@/lib/services/contacts/find-activity";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows what happened with a contact in the last ninety days, and how long its time line is, by kind.",
    needs: "contacts:read",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    answer: ContactActivity,
    handle: async ({ ctx, params }) => findActivity(ctx, params.id),
  }),
});
