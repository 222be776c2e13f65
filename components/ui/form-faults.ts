/** Pure parts of the form kit: what is wrong, and with which field. */

export type Faults = Record<string, string>;

/** Anything with zod's `safeParse`: the full library, the small one, or a few lines of one's own. */
export type FormShape = {
  safeParse: (
    values: unknown,
  ) =>
    | { success: true }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
};

export type FormValues = Record<string, string | string[] | boolean>;

/** "/daily_limit" -> "dailyLimit", "/address/street_name" -> "address.streetName": the wire's word to the field's name. */
export function fieldFromPointer(pointer: string): string {
  return pointer
    .split("/")
    .filter(Boolean)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => part.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()))
    .join(".");
}

export function faultsFromShape(shape: FormShape, values: unknown): Faults {
  const answer = shape.safeParse(values);
  if (answer.success) return {};
  const faults: Faults = {};
  for (const issue of answer.error.issues) {
    const name = issue.path.map(String).join(".");
    faults[name] ??= issue.message;
  }
  return faults;
}

type Refusal = {
  message: string;
  requestId?: string | undefined;
  faults?: readonly { pointer: string; message: string }[] | undefined;
};

function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && "message" in error && typeof error.message === "string";
}

export type Refused = {
  faults: Faults;
  /** What belongs to no field on this form. */
  general: string | null;
  requestId: string | null;
};

/** Lays a server's answer over the fields of a form; what fits none of them is said once above. */
export function refusedFields(error: unknown, names: ReadonlySet<string>): Refused {
  if (!isRefusal(error)) return { faults: {}, general: "Not saved. Try again in a moment.", requestId: null };
  const faults: Faults = {};
  const rest: string[] = [];
  for (const fault of error.faults ?? []) {
    const name = fieldFromPointer(fault.pointer);
    const known = names.has(name) ? name : names.has(name.split(".")[0] ?? "") ? (name.split(".")[0] ?? "") : null;
    if (known) faults[known] ??= fault.message;
    else rest.push(fault.message);
  }
  const general = rest.length > 0 ? rest.join(" ") : Object.keys(faults).length > 0 ? null : error.message;
  return { faults, general, requestId: error.requestId ?? null };
}

/** "the daily limit", "name and email", "name, email and role". */
export function inOneSentence(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
