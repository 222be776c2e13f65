export { GET } from "@/app/api/v1/openapi.json/route";

/** The address that earlier callers know; the same document. */
export const dynamic = "force-dynamic";
