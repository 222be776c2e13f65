"use client";

import { useSignedIn } from "@/components/access/signed-in";
import { TextLink } from "@/components/ui/text-link";
import { toWireSubject } from "@/lib/domain/engine/subject";
import type { RunSubject } from "@/lib/domain/engine/vocabulary";

/** From anything that runs can be about to those runs. Nothing where the reader may not see them. */
export function RunsLink({ kind, id, children = "Runs" }: { kind: RunSubject; id: string; children?: string }) {
  const { can } = useSignedIn();
  if (!can("runs:read")) return null;
  return <TextLink href={`/runs?subject=${toWireSubject({ kind, id })}`}>{children}</TextLink>;
}
