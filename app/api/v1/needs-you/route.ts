import { NeedsYou } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { loadNeedsYou } from "@/lib/services/access/load-needs-you";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists what waits for the caller in this workspace, most pressing first.",
    needs: "workspace:read",
    gate: caller,
    answer: NeedsYou,
    handle: async ({ ctx }) => loadNeedsYou(ctx),
  }),
});
