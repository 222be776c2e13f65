import { type SQL, sql } from "drizzle-orm";

/** Many rows as one parameter: however many there are, it is one statement of one shape. */
export function rowsOf(rows: readonly object[], shape: string): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(${sql.raw(shape)})`;
}

/**
 * A payload travels as text inside that parameter and becomes `json` again in the statement: `jsonb` would refuse a NUL and
 * half a character, and `json` keeps them as they were written.
 */
export const payload = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** A job under the number it was claimed with. */
export type Held = { tenant_uuid: string; run_id: string; step_id: string; token: number };
export type RunKey = { tenant_uuid: string; id: string };
