"use client";

import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { lendProofDialog } from "@/lib/client/api";
import type { ProofWay } from "./proof-dialog";

const ProofDialog = lazy(() => import("./proof-dialog"));

/** Lends the API its question "is it still you?". Two calls that need it at once are asked one question. */
export function ProofHost({ way }: { way: ProofWay }) {
  const [isAsking, setAsking] = useState(false);
  const answer = useRef<((done: boolean) => void) | null>(null);
  const asked = useRef<Promise<boolean> | null>(null);

  useEffect(() => {
    lendProofDialog(() => {
      asked.current ??= new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setAsking(true);
      });
      return asked.current;
    });
    return () => lendProofDialog(null);
  }, []);

  const close = (done: boolean) => {
    setAsking(false);
    asked.current = null;
    answer.current?.(done);
  };
  if (!isAsking) return null;
  return (
    <Suspense fallback={null}>
      <ProofDialog way={way} onDone={() => close(true)} onCancel={() => close(false)} />
    </Suspense>
  );
}
