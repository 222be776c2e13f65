import type { Metadata } from "next";
import { isMailBoxOpen } from "@/app/dev/mail/_parts/mail-box-here";
import { SignInLink } from "./client";

export const metadata: Metadata = { title: "Sign in with a link" };

export default async function SignInLinkPage() {
  return <SignInLink boxIsOpen={await isMailBoxOpen()} />;
}
