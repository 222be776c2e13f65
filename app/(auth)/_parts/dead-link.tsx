"use client";

import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { AuthHead } from "./auth-head";

export function DeadLink({ children, actions }: { children?: ReactNode; actions: ReactNode }) {
  return (
    <>
      <AuthHead title="This link no longer works" takesFocus>
        {children ?? "It was used before, has expired, or did not arrive whole."}
      </AuthHead>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </>
  );
}

export function ToSignIn({ variant = "second" }: { variant?: "primary" | "second" }) {
  return (
    <ButtonLink href="/sign-in" variant={variant}>
      Sign in
    </ButtonLink>
  );
}
