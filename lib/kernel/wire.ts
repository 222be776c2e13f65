import { z } from "zod";
import { fromWireId, type Noun, nouns, toWireId } from "./ids";
import { isTimeZone } from "./time";

/**
 * The wire is snake_case, the code camelCase; this is the only place where both spellings meet. Names are changed by
 * walking the zod shape: object keys yes, record keys no, because those are data (a channel, a header, a tag).
 */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Schema = z.core.$ZodType;
type Def = { type: string } & Record<string, unknown>;
const defOf = (schema: Schema) => schema._zod.def as unknown as Def;

/** Unwraps what does not change the shape; a union or intersection becomes several candidates. */
function candidates(schema: Schema, depth = 0): Schema[] {
  if (depth > 20) return [];
  const def = defOf(schema);
  const into = (inner: unknown) => candidates(inner as Schema, depth + 1);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return into(def.innerType);
    case "pipe":
      return into(def.in);
    case "lazy":
      return into((def.getter as () => unknown)());
    case "union":
      return (def.options as unknown[]).flatMap(into);
    case "intersection":
      return [...into(def.left), ...into(def.right)];
    default:
      return [schema];
  }
}

const childrenOf = (schemas: Schema[], type: string, child: (def: Def) => unknown) =>
  schemas.filter((s) => defOf(s).type === type).flatMap((s) => candidates(child(defOf(s)) as Schema));

function shapesOf(schemas: Schema[]): Record<string, Schema>[] {
  return schemas.filter((s) => defOf(s).type === "object").map((s) => defOf(s).shape as Record<string, Schema>);
}

type Direction = "in" | "out";

/** Marks a key as none of ours; refusals name the key without it. */
const strange = "\u200b";
export function givenKey(key: string): string {
  return key.endsWith(strange) ? key.slice(0, -1) : key;
}

const spelled = { in: new WeakMap<object, Map<string, string>>(), out: new WeakMap<object, Map<string, string>>() };

/** Which of the shape's names a key means. Kept per shape: a body may bring a hundred thousand keys to look up. */
function spellings(shape: Record<string, Schema>, direction: Direction): Map<string, string> {
  const known = spelled[direction].get(shape);
  if (known) return known;
  const made = new Map(Object.keys(shape).map((name) => [direction === "in" ? snake(name) : name, name]));
  spelled[direction].set(shape, made);
  return made;
}

/** What is known of a place in a shape, found out once: a call with a thousand contacts asks it of each of their fields. */
type Place = {
  schemas: Schema[];
  shapes: ReturnType<typeof shapesOf>;
  /** Of an array, and of a record. */
  element?: Place;
  values?: Place;
  /** By the spelling that comes in; only names that the shapes know. */
  steps: Record<Direction, Map<string, { name: string; place: Place }>>;
};

const emptyPlace = (schemas: Schema[]): Place => ({
  schemas,
  shapes: shapesOf(schemas),
  steps: { in: new Map(), out: new Map() },
});
const nowhere = emptyPlace([]);
const places = new WeakMap<Schema, Place[]>();

/** One place for the same schemas, however they were reached: a shape that holds itself would else grow with every path. */
function placeOf(schemas: Schema[]): Place {
  const [first] = schemas;
  if (!first) return nowhere;
  const alike = places.get(first) ?? [];
  places.set(first, alike);
  const known = alike.find(
    (one) => one.schemas.length === schemas.length && one.schemas.every((s, at) => s === schemas[at]),
  );
  if (known) return known;
  const made = emptyPlace(schemas);
  alike.push(made);
  return made;
}

const roots = new WeakMap<Schema, Place>();

function rootOf(schema: Schema): Place {
  const known = roots.get(schema) ?? placeOf(candidates(schema));
  roots.set(schema, known);
  return known;
}

function stepTo(place: Place, key: string, direction: Direction): { name: string; place: Place } | undefined {
  const known = place.steps[direction].get(key);
  if (known) return known;
  const { shapes } = place;
  const match = shapes.map((shape) => spellings(shape, direction).get(key)).find((name) => name !== undefined);
  if (match === undefined) return undefined;
  const inner = shapes.flatMap((shape) => (shape[match] ? candidates(shape[match]) : []));
  const step = { name: direction === "in" ? match : snake(match), place: placeOf(inner) };
  place.steps[direction].set(key, step);
  return step;
}

function rename(value: unknown, place: Place, direction: Direction): unknown {
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (Array.isArray(value)) {
    place.element ??= placeOf(childrenOf(place.schemas, "array", (d) => d.element));
    const items: unknown[] = [];
    for (const item of value) items.push(rename(item, place.element, direction));
    return items;
  }
  // No prototype: a key called __proto__ is data like any other.
  const renamed: Record<string, unknown> = Object.create(null);
  for (const [key, child] of Object.entries(value)) {
    const step = stepTo(place, key, direction);
    if (step) {
      renamed[step.name] = rename(child, step.place, direction);
      continue;
    }
    place.values ??= placeOf(childrenOf(place.schemas, "record", (d) => d.valueType));
    // The code's own spelling is not the wire's: such a key must stay unknown instead of slipping in.
    const isOurs = direction === "in" && place.shapes.some((shape) => Object.hasOwn(shape, key));
    renamed[isOurs ? key + strange : key] = rename(child, place.values, direction);
  }
  return { ...renamed };
}

/** A wire value in the code's spelling. Unknown keys stay as they are, so that the schema can refuse them by name. */
export function camelize(schema: Schema, value: unknown): unknown {
  return rename(value, rootOf(schema), "in");
}

/** A result as it goes over the wire: codecs are encoded (dates, ids, money), names become snake_case. */
export function toWire<S extends z.ZodType>(schema: S, value: z.output<S>): unknown {
  return rename(z.encode(schema, value as never), rootOf(schema), "out");
}

/** The same walk for the documents we publish. `side` is always the wire's: what callers send and receive. */
export function wireJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $defs: _, ...written } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    target: "draft-2020-12",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "nullable") foldNull(jsonSchema);
      if (zodSchema._zod.def.type !== "object" || !jsonSchema.properties) return;
      jsonSchema.properties = Object.fromEntries(
        Object.entries(jsonSchema.properties).map(([name, property]) => [snake(name), property]),
      );
      if (jsonSchema.required) jsonSchema.required = jsonSchema.required.map(snake);
    },
  }) as Record<string, unknown>;
  return withoutRefs(written) as Record<string, unknown>;
}

/**
 * The one shape that holds itself is "any JSON", which JSON Schema says by saying nothing. Its reference would point into
 * this schema's own document, and lead nowhere once the schema stands inside a larger one.
 */
function withoutRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRefs);
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string" && value.$ref.startsWith("#/$defs/")) return {};
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutRefs(child)]));
}

/**
 * "Text or nothing" as one schema of two types. Viewers of the document draw one example for each way in which an object
 * can be put together: a dozen fields that may be null, written as alternatives, are thousands, and the page stands still.
 */
function foldNull(schema: z.core.JSONSchema.BaseSchema): void {
  const [kept, nothing, ...more] = schema.anyOf ?? [];
  if (typeof kept !== "object" || typeof nothing !== "object" || more.length > 0) return;
  if (nothing.type !== "null" || typeof kept.type !== "string" || "const" in kept) return;
  delete schema.anyOf;
  Object.assign(schema, { ...kept, ...schema, type: [kept.type, "null"] });
  if (kept.enum) schema.enum = [...kept.enum, null];
}

/** Where a fault stands, as a JSON pointer in the wire's spelling. Segments under a record are data and stay. */
export function wirePointer(schema: Schema, path: PropertyKey[]): string {
  let schemas = candidates(schema);
  let pointer = "";
  for (const segment of path) {
    const name = String(segment);
    const known = shapesOf(schemas).flatMap((shape) => (shape[name] ? candidates(shape[name]) : []));
    const spelled = known.length > 0 ? snake(name) : name;
    pointer += `/${spelled.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    schemas =
      known.length > 0
        ? known
        : [...childrenOf(schemas, "array", (d) => d.element), ...childrenOf(schemas, "record", (d) => d.valueType)];
  }
  return pointer;
}

// ── Words of the wire that every domain uses. ──

/** An id with its noun; a bare UUID is accepted too. In code it is the UUID. */
export function wireId(noun: Noun) {
  return z
    .codec(z.string().max(64), z.string(), {
      decode: (text, ctx) => {
        const id = fromWireId(noun, text);
        if (id) return id;
        ctx.issues.push({ code: "custom", message: `must be an id like ${nouns[noun]}_… or a UUID`, input: text });
        return z.NEVER;
      },
      encode: (uuid) => toWireId(noun, uuid),
    })
    .meta({ examples: [toWireId(noun, "01936b5e-7c00-7000-8000-000000000000")] });
}

/** `tenant_uuid` is always bare, of any version. */
export const wireTenant = z
  .string()
  .regex(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i, "must be a UUID")
  .toLowerCase();

/** UTC with Z on the way out, any offset on the way in. Years that the database knows by another name are refused. */
export const wireTime = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text, ctx) => {
    const time = new Date(text);
    const year = time.getUTCFullYear();
    if (year >= 1 && year <= 9999) return time;
    ctx.issues.push({ code: "custom", message: "must lie in the years 1 to 9999", input: text });
    return z.NEVER;
  },
  encode: (date) => date.toISOString(),
});

export const wireZone = z.string().refine(isTimeZone, "must be an IANA time zone such as America/Port-au-Prince");

/** At most 4 kB of the caller's own JSON, kept and echoed. */
export const wireMetadata = z
  .record(z.string().max(64), z.json())
  .refine((value) => JSON.stringify(value).length <= 4096, "must be at most 4 kB of JSON");

/** One line of text that a person typed: no line breaks or control characters, because it ends up in subjects and names. */
export const wireLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max)
    .refine((text) => !hasControlCharacter(text), "must not contain line breaks or control characters");

/** Line and paragraph separators are line breaks too; direction overrides make a line read as something else. */
function hasControlCharacter(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text);
}

export const wireEmail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ message: "must be an e-mail address" }));

export const listQuery = z.strictObject({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  skip: z.coerce.number().int().min(0).max(10_000).optional(),
});

export function listOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
