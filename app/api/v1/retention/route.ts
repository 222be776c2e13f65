import { Retention, RetentionChanges } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { findRetention, saveRetention } from "@/lib/services/privacy/retention";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Says how long each class of data is kept, and when something last went.",
    needs: "privacy:read",
    gate: caller,
    answer: Retention,
    handle: async ({ ctx }) => findRetention(ctx),
  }),
  PUT: route({
    says: "Sets how many days a class of data is kept; classes that are not named stay as they are.",
    needs: "privacy:write",
    gate: caller,
    body: RetentionChanges,
    answer: Retention,
    handle: async ({ ctx, body }) => saveRetention(ctx, body),
  }),
});
