import type { Route } from "next";
import { redirect } from "next/navigation";
import { pageSession } from "@/lib/http/page-session";

/** The address itself is no page. A session that is over is explained by the gate of the overview. */
export default async function RootPage() {
  const session = await pageSession();
  const isNew = session.kind === "out" && session.because === "no_session";
  redirect((isNew ? "/sign-in" : "/overview") as Route);
}
