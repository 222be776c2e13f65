import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { pageSession } from "@/lib/http/page-session";
import { nextPath, type Search, withNext } from "../../_parts/next-path";
import { SecondFactor } from "./client";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondFactorPage({ searchParams }: { searchParams: Search }) {
  const next = nextPath((await searchParams).next);
  const session = await pageSession();
  if (session.kind === "in") redirect(next as Route);
  if (session.because !== "second_factor_missing") redirect(withNext("/sign-in", next) as Route);
  return <SecondFactor next={next} />;
}
