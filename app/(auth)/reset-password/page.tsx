import type { Metadata } from "next";
import { ResetPassword } from "./client";

export const metadata: Metadata = { title: "Choose a new password" };

export default function ResetPasswordPage() {
  return <ResetPassword />;
}
