import type { Metadata } from "next";
import { isMailBoxOpen } from "@/app/dev/mail/_parts/mail-box-here";
import { ForgotPassword } from "./client";

export const metadata: Metadata = { title: "Forgot the password" };

export default async function ForgotPasswordPage() {
  return <ForgotPassword boxIsOpen={await isMailBoxOpen()} />;
}
