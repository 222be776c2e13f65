import { z } from "zod";
import { Topic, TopicChanges } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { updateTopic } from "@/lib/services/consent/topics";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Changes a topic, hides it from the preference centre, or archives it.",
    needs: "consent:lift",
    gate: caller,
    params: z.object({ id: wireId("topic") }),
    body: TopicChanges,
    answer: Topic,
    handle: async ({ ctx, params, body }) => updateTopic(ctx, params.id, body),
  }),
});
