import type { FormShape } from "@/components/ui/form-faults";

type Check = (value: string, values: Record<string, string>) => string | null;

/** A few sentences instead of a library: the server checks everything again. */
export function shapeOf(checks: Record<string, Check>): FormShape {
  return {
    safeParse: (given) => {
      const values = given as Record<string, string>;
      const issues = Object.entries(checks).flatMap(([name, check]) => {
        const message = name in values ? check(values[name] ?? "", values) : null;
        return message ? [{ path: [name], message }] : [];
      });
      return issues.length > 0 ? { success: false, error: { issues } } : { success: true };
    },
  };
}

export const needs =
  (message: string): Check =>
  (value) =>
    value.trim() === "" ? message : null;

export const emailCheck: Check = (value) => {
  const address = value.trim();
  if (address === "") return "Write your e-mail address.";
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? null : "Write it in full, such as name@shop.example.";
};
