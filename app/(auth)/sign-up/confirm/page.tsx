import type { Metadata } from "next";
import { ConfirmSignUp } from "./client";

export const metadata: Metadata = { title: "Confirm your address" };

export default function ConfirmSignUpPage() {
  return <ConfirmSignUp />;
}
