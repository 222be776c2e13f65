import type { StatusShape, Tone } from "@/components/ui/status";
import type { Reach } from "@/lib/client/consent";
import { sourceLabels } from "@/lib/domain/consent/labels";
import type { ContactRefusal } from "@/lib/domain/consent/vocabulary";

/** How an answer looks: a word, a tone and a shape, never colour alone. */
export const reachLooks: Record<ContactRefusal | "allowed", { label: string; tone: Tone; shape: StatusShape }> = {
  allowed: { label: "Yes", tone: "good", shape: "full" },
  erased: { label: "Erased", tone: "bad", shape: "cross" },
  no_address: { label: "No address", tone: "quiet", shape: "dashed" },
  bad_address: { label: "Not usable", tone: "quiet", shape: "bar" },
  suppressed: { label: "No", tone: "bad", shape: "cross" },
  opted_out: { label: "No", tone: "bad", shape: "cross" },
  topic_off: { label: "No", tone: "bad", shape: "cross" },
  not_confirmed: { label: "Asked", tone: "waiting", shape: "half" },
  consent_expired: { label: "Ended", tone: "waiting", shape: "dashed" },
  no_consent: { label: "Unknown", tone: "quiet", shape: "ring" },
};

/** Where it comes from and since when, in a few words: "checkout, Mar 2024". */
export function reachOrigin(reach: Reach): string | null {
  const month = (at: string) => new Date(at).toLocaleDateString("en", { month: "short", year: "numeric" });
  const stop = reach.suppressions[0];
  if (reach.because === "suppressed" && stop)
    return `${stop.note ?? (stop.source === "person" ? "said so" : "on the list")}, ${month(stop.createdAt)}`;
  const { consent } = reach;
  if (!consent || reach.because === "no_address" || reach.because === "bad_address") return null;
  return `${consent.sourceDetail ?? sourceLabels[consent.source]}, ${month(consent.at)}`;
}
