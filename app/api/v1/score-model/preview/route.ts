import { ScoreModelRequest, ScorePreview } from "@/lib/domain/contacts/score-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { previewScoreModel } from "@/lib/services/contacts/update-score-model";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Shows what weights would make of a sample of up to 2,000 contacts, and saves nothing.",
    needs: "contacts:read",
    gate: caller,
    body: ScoreModelRequest,
    answer: ScorePreview,
    handle: async ({ ctx, body }) => previewScoreModel(ctx, body),
  }),
});
