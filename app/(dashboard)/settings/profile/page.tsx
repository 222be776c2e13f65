import type { Metadata } from "next";
import { inside } from "../../_parts/inside";
import { Profile } from "./client";

export const metadata: Metadata = { title: "Your profile" };

export default async function ProfilePage() {
  await inside();
  return <Profile />;
}
