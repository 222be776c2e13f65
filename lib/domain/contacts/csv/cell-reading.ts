/** What a cell says, or why it cannot be taken: the sentence stands behind the name of its column. */
export type CellReading<Value> = { kind: "ok"; value: Value } | { kind: "no"; because: string };

export const taken = <Value>(value: Value): CellReading<Value> => ({ kind: "ok", value });
export const refused = (because: string): CellReading<never> => ({ kind: "no", because });

/** A cell in a sentence: long ones shortened. */
export const quoted = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
