import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ShellSample } from "./shell-sample";

export const metadata: Metadata = { title: "Shell" };

export default function ShellPage() {
  if (process.env.NODE_ENV !== "development") notFound();
  return <ShellSample />;
}
