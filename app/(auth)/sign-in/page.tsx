import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { isMailBoxOpen } from "@/app/dev/mail/_parts/mail-box-here";
import { signInWays } from "@/lib/http/auth";
import { pageSession } from "@/lib/http/page-session";
import { arrivalOf } from "../_parts/arrivals";
import { demoHere } from "../_parts/demo-here";
import { nextPath, type Search, withNext } from "../_parts/next-path";
import { SignIn } from "./client";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams;
  const next = nextPath(asked.next);
  const session = await pageSession();
  if (session.kind === "in") redirect(next as Route);
  if (session.because === "second_factor_missing") redirect(withNext("/sign-in/code", next) as Route);
  return (
    <SignIn
      next={next}
      ways={signInWays()}
      arrival={arrivalOf(asked)}
      demoEmail={demoHere()}
      boxIsOpen={await isMailBoxOpen()}
    />
  );
}
