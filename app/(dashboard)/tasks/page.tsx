import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { pageMay } from "@/lib/http/page-session";
import { inside } from "../_parts/inside";
import { Tasks } from "./client";

export const metadata: Metadata = { title: "Tasks" };

export default async function TasksPage() {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:read")) return <NoEntry room="Tasks" needs="contacts:read" />;
  return <Tasks />;
}
