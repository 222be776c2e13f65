import { headers } from "next/headers";
import { cache } from "react";
import { requirePage } from "@/lib/http/page-session";

/** Layout and page of one request share one look at the session; who must sign in first comes back to where they were. */
export const inside = cache(async () => requirePage((await headers()).get("x-path") ?? "/overview"));
