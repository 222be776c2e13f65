import type { ReactNode } from "react";

/** A column is data: how it is headed, drawn, sorted, hidden and exported. */
export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right";
  /** Pixels. Without it the column shares what is left. */
  width?: number;
  sortable?: boolean;
  /** May be put away by the reader. The first column never is. */
  hideable?: boolean;
  isHiddenAtFirst?: boolean;
  /** What the file says for this cell. Numbers stay numbers. Without it the column is not exported. */
  csv?: (row: Row) => string | number | boolean | Date | null | undefined;
  /** On a phone: `title` leads the card, `end` stands at its right, `line` is a line of its own, `bare` a line without its label, `off` is left out. */
  card?: "title" | "end" | "line" | "bare" | "off";
};

export type Sort = { id: string; direction: "up" | "down" };

/** Up, down, and back to the order the list came in. */
export function nextSort(now: Sort | null | undefined, id: string): Sort | null {
  if (now?.id !== id) return { id, direction: "up" };
  return now.direction === "up" ? { id, direction: "down" } : null;
}

export type Density = "normal" | "dense";
