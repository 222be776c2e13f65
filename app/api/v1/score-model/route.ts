import { ScoreModel, ScoreModelRequest } from "@/lib/domain/contacts/score-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { findModel, updateScoreModel } from "@/lib/services/contacts/update-score-model";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows the weights of the lead score.",
    needs: "contacts:read",
    gate: caller,
    answer: ScoreModel,
    handle: async ({ ctx }) => findModel(ctx),
  }),
  PUT: route({
    says: "Sets the weights of the lead score; everybody is scored anew behind the answer.",
    needs: "contacts:configure",
    gate: caller,
    body: ScoreModelRequest,
    answer: ScoreModel,
    handle: async ({ ctx, body }) => updateScoreModel(ctx, body),
  }),
});
