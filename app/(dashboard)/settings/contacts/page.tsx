import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageMay } from "@/lib/http/page-session";
import { inside } from "../../_parts/inside";
import { ContactSettings } from "./client";

export const metadata: Metadata = { title: "Contact settings" };

export default async function ContactSettingsPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:read")) return <NoEntry room="Contact settings" needs="contacts:read" />;
  return <ContactSettings />;
}
