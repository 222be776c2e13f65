"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Looks by itself too, when one comes back to the tab: one asked for a letter in another. */
export function LookAgain() {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [router]);
  return (
    <Button icon={<RotateCw aria-hidden="true" />} busy={isBusy} onClick={() => start(() => router.refresh())}>
      Look again
    </Button>
  );
}
