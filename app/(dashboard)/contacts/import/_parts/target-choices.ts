import { fixedTargets, isFixedTarget, targetLabels } from "@/lib/domain/contacts/csv/targets";

/**
 * What a column can become, in the order of the list. `new` declares an attribute by the column's own name, where the reader
 * may do that.
 */
export function targetChoices(attributes: readonly { key: string; label: string }[], mayDeclare: boolean) {
  return [
    { value: "", label: "Leave out" },
    ...fixedTargets.map((target) => ({ value: target as string, label: targetLabels[target] })),
    ...attributes.map(({ key, label }) => ({ value: `attribute:${key}`, label: `${label} (attribute)` })),
    ...(mayDeclare ? [{ value: "new", label: "A new attribute" }] : []),
  ];
}

/** The name under which programs know the attribute: letters, digits and _, and none that is taken. */
export function attributeKeyOf(header: string, taken: readonly string[]): string {
  const plain = header
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 50);
  const key = plain || "column";
  for (let number = 1; number < 1_000; number++) {
    const candidate = number === 1 ? key : `${key}_${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
  return key;
}

export const isRepeatedHeader = (name: string) => / \(\d+\)$/.test(name);
export const isUnnamedHeader = (name: string) => /^Column \d+$/.test(name);

/** How a column of the preview is headed. */
export function targetLabel(target: string, made: readonly { key: string; label: string }[]): string {
  if (isFixedTarget(target)) return targetLabels[target];
  const key = target.replace(/^attribute:/, "");
  return made.find((each) => each.key === key)?.label ?? key.replaceAll("_", " ");
}
