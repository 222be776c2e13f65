import { z } from "zod";
import { LiftRequest, Suppression } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { liftSuppression } from "@/lib/services/consent/lift-suppression";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Lifts a suppression where its reason allows that, with the reason for doing so.",
    needs: "consent:lift",
    gate: caller,
    params: z.object({ id: wireId("suppression") }),
    body: LiftRequest,
    answer: Suppression,
    handle: async ({ ctx, params, body }) => liftSuppression(ctx, params.id, body.because),
  }),
});
