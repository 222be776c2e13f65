import { SecondFactorStart } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { startSecondFactor, stopSecondFactor } from "@/lib/services/access/second-factor";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Starts setting up an authenticator app; it counts once a code of it was confirmed.",
    gate: person,
    answer: SecondFactorStart,
    handle: async ({ ctx }) => startSecondFactor(ctx),
  }),
  DELETE: route({
    says: "Turns the second factor off and ends all other sessions.",
    gate: person,
    answer: "nothing",
    handle: async ({ ctx }) => stopSecondFactor(ctx),
  }),
});
