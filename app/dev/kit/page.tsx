import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Kit } from "./kit";

export const metadata: Metadata = { title: "Style page" };

export default function KitPage() {
  if (process.env.NODE_ENV !== "development") notFound();
  return <Kit />;
}
