export const dynamic = "force-dynamic";

/** The address that earlier callers know. */
export { GET } from "@/app/api/health/route";
