import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { pageSession } from "@/lib/http/page-session";
import { listWorkspaces } from "@/lib/services/access/list-workspaces";
import { home, withNext } from "../_parts/next-path";
import { Welcome } from "./client";

export const metadata: Metadata = { title: "Welcome" };

export default async function WelcomePage() {
  const session = await pageSession();
  if (session.kind === "out") {
    const page = session.because === "second_factor_missing" ? "/sign-in/code" : "/sign-in";
    redirect(withNext(page, "/welcome") as Route);
  }
  const { signed } = session;
  if (signed.workspace) redirect(home as Route);
  const { items } = await listWorkspaces(signed);
  return <Welcome name={signed.person.name} email={signed.person.email} workspaces={items} />;
}
