import type { CsvNote } from "./fault";

const longest = 200;
const unseen = /[\p{Cc}\p{Cf}]+/gu;

/** Headings that differ from each other, with a note for each that had to be changed. */
export function nameColumns(cells: readonly string[]): { header: string[]; notes: CsvNote[] } {
  const plain = cells.map((cell) => cell.replace(unseen, " ").trim().slice(0, longest).trim());
  const taken = new Set(plain.map(keyOf));
  const firstAt = new Map<string, number>();
  const notes: CsvNote[] = [];
  const header = plain.map((name, index) => {
    const column = index + 1;
    if (name === "") {
      const called = freeName(`Column ${column}`, taken);
      notes.push({
        kind: "unnamed_column",
        column,
        message: `Column ${column} has no heading; it is called "${called}".`,
      });
      return called;
    }
    const first = firstAt.get(keyOf(name));
    if (first === undefined) {
      firstAt.set(keyOf(name), column);
      return name;
    }
    const called = freeName(name, taken);
    notes.push({
      kind: "duplicate_column",
      column,
      message: `"${name}" appears more than once: columns ${first} and ${column}; the later is called "${called}".`,
    });
    return called;
  });
  const looksLikeData = plain.findIndex((name) => /^\S+@\S+\.\S+$/.test(name) || /^\+?\d[\d ()./-]{6,}$/.test(name));
  if (looksLikeData !== -1)
    notes.push({
      kind: "header_looks_like_data",
      column: looksLikeData + 1,
      message: `The first row is read as headings, but "${plain[looksLikeData]}" looks like a person's own data. Put a row of headings above it.`,
    });
  return { header, notes };
}

const keyOf = (name: string) => name.toLowerCase();

/** Never a name that another column has, whether it came with the file or was made here. */
function freeName(name: string, taken: Set<string>): string {
  let called = name;
  for (let number = 2; taken.has(keyOf(called)); number++) called = `${name} (${number})`;
  taken.add(keyOf(called));
  return called;
}
