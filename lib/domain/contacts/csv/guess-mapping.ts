import { type AttributeType, customerTypes, stages } from "../vocabulary";
import { headingKey, meaningOf, namesBeside } from "./heading-words";
import { readBoolean } from "./read-boolean";
import {
  attributeKeyOf,
  attributeTarget,
  type FixedTarget,
  type ImportTarget,
  isFixedTarget,
  targetLabels,
} from "./targets";

/** `column` counts from 0, as the cells of a row do. `sure` says that nobody needs to look twice. */
export type ColumnGuess = { column: number; target: ImportTarget | null; sure: boolean; because: string };
export type Mapping = ColumnGuess[];
export type DeclaredAttribute = { key: string; label: string; type: AttributeType };

type Guess = { column: number; target: ImportTarget; strength: number; because: string };

/** From here on a guess is told as sure. */
const sureFrom = 3;

/** Which column is what, by its heading and then by what stands in it. No target is given to two columns. */
export function guessMapping(
  header: readonly string[],
  samples: readonly (readonly string[])[],
  attributes: readonly DeclaredAttribute[],
): Mapping {
  const keys = header.map(headingKey);
  const guesses = [...keys.keys()].flatMap((column) => {
    const values = samples.map((row) => (row[column] ?? "").trim()).filter((value) => value !== "");
    return guessesOf(column, header[column] ?? "", keys, values, attributes);
  });
  // The strongest first, and of equals the one further left: "Email" before "Work email".
  guesses.sort((a, b) => b.strength - a.strength || a.column - b.column);
  const byColumn = new Map<number, Guess>();
  const byTarget = new Map<ImportTarget, Guess>();
  for (const guess of guesses) {
    if (byColumn.has(guess.column) || byTarget.has(guess.target)) continue;
    byColumn.set(guess.column, guess);
    byTarget.set(guess.target, guess);
  }
  return keys.map((_, column) => {
    const won = byColumn.get(column);
    if (won) return { column, target: won.target, sure: won.strength >= sureFrom, because: won.because };
    const lost = guesses.find((guess) => guess.column === column);
    const winner = lost && byTarget.get(lost.target);
    const because = winner
      ? `"${header[winner.column]}" already goes to ${labelOf(winner.target, attributes)}.`
      : "Neither the heading nor the values say what this is.";
    return { column, target: null, sure: false, because };
  });
}

function guessesOf(
  column: number,
  heading: string,
  keys: readonly string[],
  values: readonly string[],
  attributes: readonly DeclaredAttribute[],
): Guess[] {
  // A second column of one name, "email (2)", means what the first means, and loses against it.
  const own = keys[column] ?? "";
  const key = meaningOf.has(own) ? own : own.replace(/(?<=\p{L})\d$/u, "");
  const guesses: Guess[] = [];
  const say = (target: ImportTarget, strength: number, because: string) =>
    guesses.push({ column, target, strength, because });

  for (const attribute of attributes)
    if ([headingKey(attribute.key), headingKey(attribute.label)].includes(own))
      say(attributeTarget(attribute.key), 6, `The heading "${heading}" is the attribute ${attribute.label}.`);

  const has = (target: FixedTarget) => keys.some((other) => meaningOf.get(other)?.target === target);
  const part = namesBeside.find(({ word, beside, means }) => word === key && has(beside) && !has(means));
  const meaning = part ? { target: part.means, rank: 0 } : meaningOf.get(key);
  if (meaning) {
    const { target, rank } = meaning;
    const doubt = doubtOf(target, values);
    const label = targetLabels[target];
    if (doubt) say(target, 1, `The heading "${heading}" says ${label}, but ${doubt}.`);
    // "Email" wins over "Work email" wherever they stand, and both over a second "Email".
    else say(target, 5 - rank / 100 - (key === own ? 0 : 1), `The heading "${heading}" says ${label}.`);
  }

  const looks = looksLike(values);
  if (looks && !meaning) say(looks.target, looks.strength, `${looks.because}.`);
  return guesses;
}

const share = (values: readonly string[], shape: RegExp) =>
  values.length === 0 ? 0 : values.filter((value) => shape.test(value)).length / values.length;

const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const internationalShape = /^'?(?:\+|00)\d[\d ().\-/]{6,24}$/;
const numberShape = /^'?[+(]?\d[\d ().\-/]{5,24}$/;
const zoneShape = /^(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/\w+/;

/** What speaks against a heading: values that cannot be what it says. */
function doubtOf(target: FixedTarget, values: readonly string[]): string | null {
  if (values.length === 0) return null;
  if (target === "email" && share(values, emailShape) < 0.3) return "few of its values are addresses";
  if ((target === "phone" || target === "whatsapp") && share(values, numberShape) < 0.3)
    return "few of its values are numbers";
  if (target === "time_zone" && share(values, zoneShape) < 0.3)
    return "few of its values are zones such as America/New_York";
  if (target === "stage" && !values.some((value) => isOneOf(stages, value))) return "none of its values is a stage";
  if (target === "customer_type" && !values.some((value) => isOneOf(customerTypes, value)))
    return "none of its values is a customer type";
  if (target.startsWith("consent_") && values.some((value) => readBoolean(value).kind === "no"))
    return "not all of its values are yes or no";
  if (target === "external_id" && new Set(values).size < values.length) return "its values repeat";
  if ((target === "name" || target === "first_name") && share(values, emailShape) > 0.5)
    return "its values are addresses";
  return null;
}

const isOneOf = (words: readonly string[], value: string) => words.includes(value.toLowerCase());

function looksLike(values: readonly string[]): { target: ImportTarget; strength: number; because: string } | null {
  if (share(values, emailShape) >= 0.8)
    return { target: "email", strength: 2, because: "The values are e-mail addresses" };
  if (share(values, internationalShape) >= 0.8)
    return { target: "phone", strength: 2, because: "The values are phone numbers" };
  if (share(values, zoneShape) >= 0.8)
    return { target: "time_zone", strength: 2, because: "The values are time zones" };
  return null;
}

function labelOf(target: ImportTarget, attributes: readonly DeclaredAttribute[]): string {
  if (isFixedTarget(target)) return targetLabels[target];
  const key = attributeKeyOf(target);
  return attributes.find((attribute) => attribute.key === key)?.label ?? target;
}
