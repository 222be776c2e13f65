import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { isMailBoxOpen } from "@/app/dev/mail/_parts/mail-box-here";
import { pageSession } from "@/lib/http/page-session";
import { nextPath, type Search } from "../_parts/next-path";
import { SignUp } from "./client";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Search }) {
  const next = nextPath((await searchParams).next);
  if ((await pageSession()).kind === "in") redirect(next as Route);
  return <SignUp next={next} boxIsOpen={await isMailBoxOpen()} />;
}
