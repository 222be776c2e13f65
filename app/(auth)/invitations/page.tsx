import type { Metadata } from "next";
import { pageSession } from "@/lib/http/page-session";
import { InvitationPage } from "./client";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationsPage() {
  const session = await pageSession();
  if (session.kind === "in") return <InvitationPage visitor={{ kind: "in", email: session.signed.person.email }} />;
  return <InvitationPage visitor={{ kind: session.because === "second_factor_missing" ? "half" : "out" }} />;
}
