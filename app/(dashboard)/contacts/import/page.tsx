import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageMay } from "@/lib/http/page-session";
import { inside } from "../../_parts/inside";
import { ImportWizard } from "./client";

export const metadata: Metadata = { title: "Import contacts" };

export default async function ImportPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:bulk")) return <NoEntry room="Import" needs="contacts:bulk" />;
  return <ImportWizard />;
}
