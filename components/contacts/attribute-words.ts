import type { Attribute, Contact } from "@/lib/client/contacts";

/** An attribute's value as people read it. */
export function valueWords(value: Contact["attributes"][string], type: Attribute["type"]): string | null {
  if (value === null) return null;
  if (type === "boolean") return value === true || value === "true" ? "Yes" : "No";
  if (type === "date") return dateWords(String(value));
  if (typeof value === "number") return value.toLocaleString("en", { maximumFractionDigits: 10 });
  return String(value);
}

/** A day is the same day for every reader, so no zone may move it. */
function dateWords(value: string): string {
  const at = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return value;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    at,
  );
}
