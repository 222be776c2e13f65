import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";

/**
 * Work that one process at a time may hold: claimed by lease, kept by heartbeat, fenced by a number.
 *
 * A claim takes rows nobody holds (or whose holder has gone silent), skips what others are claiming at this moment, and
 * gives each a new `lease_token`. Whoever writes a result must still hold the number it was given: a process that was away
 * too long (a stopped machine, a long pause) finds another one, and what it brings is refused. The numbers come from a
 * sequence: counted in the row, they would begin again with a row that is made anew, and an old claim would fit it. All times are the database's, so
 * clocks of processes need not agree.
 */
type LeasedTable = PgTable & { dueAt: AnyColumn; leaseUntil: AnyColumn; leaseToken: AnyColumn };

/** A moment as the database tells it. */
export type Clock = SQL;

/**
 * The database's clock; tests move it. As a sub-select it is asked once a statement, and an index can be searched by it:
 * the bare function may change from row to row, so PostgreSQL would compare it with each.
 */
export const databaseClock = (skewMs = 0): Clock =>
  skewMs === 0
    ? sql`(select clock_timestamp())`
    : sql`(select clock_timestamp() + ${skewMs} * interval '1 millisecond')`;

const after = (now: SQL, ms: number): SQL => sql`${now} + ${ms} * interval '1 millisecond'`;

export function leaseOf(table: LeasedTable, key: readonly AnyColumn[]) {
  const name = (column: AnyColumn) => sql.identifier(column.name);
  const names = sql.join(key.map(name), sql`, `);
  const until = name(table.leaseUntil);
  const token = name(table.leaseToken);
  const of = (alias: "t" | "h" | "due") =>
    sql.join(
      key.map((column) => sql`${sql.raw(alias)}.${name(column)}`),
      sql`, `,
    );
  const shape = sql.join(
    key.map((column) => sql`${name(column)} ${sql.raw(column.getSQLType())}`),
    sql`, `,
  );

  return {
    /**
     * Claims up to `limit` rows that satisfy `where`, first come first served by `order`. `expired` in the returned rows
     * says that another process held the row before and never finished. `set` may change more columns in the same move.
     */
    claim<Row extends Record<string, unknown>>(
      db: Db,
      claim: { now: SQL; leaseMs: number; limit: number; where: SQL; order: SQL; set?: SQL; returning: SQL },
    ): Promise<Row[]> {
      return db.execute<Row>(sql`
        with due as (
          select ${names}, ${until} is not null as expired from ${table}
          where ${claim.where} and (${until} is null or ${until} < ${claim.now})
          order by ${claim.order} limit ${claim.limit}
          for update skip locked
        )
        update ${table} t
        set ${token} = nextval('lease_tokens'), ${until} = ${after(claim.now, claim.leaseMs)}${claim.set ? sql`, ${claim.set}` : sql``}
        from due where (${of("t")}) = (${of("due")})
        returning ${claim.returning}, due.expired`) as unknown as Promise<Row[]>;
    },

    /** The heartbeat. What is missing in the answer is held by somebody else, or is gone: what its holder brings is refused. */
    async renew<Held extends Record<string, unknown>>(
      db: Db,
      held: readonly (Held & { token: number })[],
      { now, leaseMs }: { now: SQL; leaseMs: number },
    ): Promise<Record<string, unknown>[]> {
      if (held.length === 0) return [];
      return db.execute(sql`
        update ${table} t set ${until} = ${after(now, leaseMs)}
        from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(${shape}, token bigint)
        where (${of("t")}) = (${of("h")}) and t.${token} = h.token
        returning ${of("t")}`) as unknown as Promise<Record<string, unknown>[]>;
    },

    /**
     * Locks the rows that are still held under these numbers until the transaction ends: the fence. Results are written
     * for these and for no others.
     */
    async hold<Held extends Record<string, unknown>>(
      db: Db,
      held: readonly (Held & { token: number })[],
    ): Promise<Record<string, unknown>[]> {
      if (held.length === 0) return [];
      return db.execute(sql`
        select t.* from ${table} t
        join jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(${shape}, token bigint)
          on (${of("t")}) = (${of("h")}) and t.${token} = h.token
        order by ${of("t")}
        for no key update of t`) as unknown as Promise<Record<string, unknown>[]>;
    },

    /** Gives rows back before their time (a graceful stop): the next claim takes them at once. */
    async release<Held extends Record<string, unknown>>(
      db: Db,
      held: readonly (Held & { token: number })[],
    ): Promise<void> {
      if (held.length === 0) return;
      await db.execute(sql`
        update ${table} t set ${until} = null
        from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(${shape}, token bigint)
        where (${of("t")}) = (${of("h")}) and t.${token} = h.token`);
    },
  };
}
