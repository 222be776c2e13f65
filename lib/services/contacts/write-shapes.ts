import type { MatchKey } from "@/lib/domain/contacts/find-match";
import type { CleanProfile } from "@/lib/domain/contacts/profile";
import type { FieldFault } from "@/lib/kernel/errors";
import type { HashOf } from "./address-hashes";

export type WriteRow = { profile: CleanProfile /** Whom it is about, where that is known already. */; id?: string };

export type WriteOptions = {
  /** What is done with somebody who is known already. `create` looks nobody up. */
  policy: "update" | "skip" | "create";
  match: readonly MatchKey[];
  /** Whether the tags that are said are all there are, or come to those that are there. */
  tags?: "set" | "add";
  importId?: string;
  /** Hashes that were made before, while somebody else was at work. */
  hashOf?: HashOf;
  /** The id of a change: what every contact was before it is kept under it. */
  remember?: string;
  at: Date;
};

export type WriteOutcome = {
  index: number;
  kind: "created" | "updated" | "unchanged" | "skipped" | "failed";
  id: string | null;
  faults: FieldFault[];
};

export const failed = (index: number, pointer: string, message: string): WriteOutcome => ({
  index,
  kind: "failed",
  id: null,
  faults: [{ pointer, message }],
});
