import { z } from "zod";
import { ScoreStory } from "@/lib/domain/contacts/score-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findScore } from "@/lib/services/contacts/find-score";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows a contact's score with its reasons, and the days on which it changed.",
    needs: "contacts:read",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    answer: ScoreStory,
    handle: async ({ ctx, params }) => findScore(ctx, params.id),
  }),
});
