import type { ConsentSource, SuppressionReason } from "./vocabulary";

export type LiftVerdict =
  | { kind: "lift" }
  | { kind: "refuse"; because: "only_the_person" | "only_by_hand"; says: string };

/**
 * Who may lift a suppression. What the person asked for ends by their own new opt-in alone; what is a fact about the
 * address ends when a colleague has looked; an import never ends anything.
 */
export function decideLift(suppression: { reason: SuppressionReason }, by: ConsentSource): LiftVerdict {
  const { reason } = suppression;
  if (reason === "opt_out" || reason === "erasure") {
    if (by === "person") return { kind: "lift" };
    return {
      kind: "refuse",
      because: "only_the_person",
      says: "The person asked for this. It ends only when they sign up again themselves.",
    };
  }
  if (reason === "complaint") {
    if (by === "person" || by === "member") return { kind: "lift" };
    return byHand("A complaint is lifted by a colleague who has looked into it, never by a program or an import.");
  }
  if (by === "member" || by === "key") return { kind: "lift" };
  return byHand("This is a fact about the address. A colleague lifts it by hand.");
}

function byHand(says: string): LiftVerdict {
  return { kind: "refuse", because: "only_by_hand", says };
}
