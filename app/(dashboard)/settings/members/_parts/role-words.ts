import { roleLabels } from "@/lib/domain/access/labels";
import type { Role } from "@/lib/domain/access/vocabulary";

/** "an owner", "a marketer" */
export function withArticle(role: Role): string {
  const word = roleLabels[role].label.toLowerCase();
  return `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;
}
