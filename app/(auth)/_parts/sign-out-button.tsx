"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { signOut } from "@/lib/client/access";
import { leaveTo } from "./enter";

export function SignOutButton({
  children = "Sign out",
  variant = "second",
  onOut = () => leaveTo("/sign-in"),
}: {
  children?: string;
  variant?: "primary" | "second";
  onOut?: () => Promise<unknown>;
}) {
  const [isBusy, setBusy] = useState(false);
  const out = async () => {
    setBusy(true);
    try {
      await signOut();
      await onOut();
    } catch {
      toast({ tone: "bad", text: "You are still signed in: the server did not answer. Try again." });
    }
    setBusy(false);
  };
  return (
    <Button variant={variant} busy={isBusy} onClick={() => void out()}>
      {children}
    </Button>
  );
}
