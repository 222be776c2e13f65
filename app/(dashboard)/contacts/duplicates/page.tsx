import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageMay } from "@/lib/http/page-session";
import { inside } from "../../_parts/inside";
import { Duplicates } from "./client";

export const metadata: Metadata = { title: "Duplicates" };

export default async function DuplicatesPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:bulk")) return <NoEntry room="Duplicates" needs="contacts:bulk" />;
  return <Duplicates />;
}
