import type postgres from "postgres";

/**
 * Where a worker can be told to die. The product knows nothing of them: they are the seams that any program of ours has
 * (the functions it is given, the connection and the `fetch` it uses), watched from outside.
 */
const written = [
  "event_outbox",
  "engine_events",
  "engine_runs",
  "engine_steps",
  "engine_jobs",
  "engine_waits",
] as const;
export const failpoints = [
  "call begun",
  "step begun",
  "effect done",
  "function done",
  "checkpoint sent",
  "checkpoint recorded",
  "events sent",
  "events recorded",
  ...written.map((table) => `before commit of ${table}` as const),
  ...written.map((table) => `after commit of ${table}` as const),
] as const;
export type Failpoint = (typeof failpoints)[number];

/** Dies when `point` is met for the `left`th time. SIGKILL to oneself ends the process before the next line. */
export type Arm = { point: Failpoint; left: number };

export type Watch = (point: Failpoint) => void;

export function watchFor(arm: Arm | null): Watch {
  let left = arm?.left ?? 0;
  return (point) => {
    if (point !== arm?.point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  };
}

type Fetch = typeof globalThis.fetch;

/** What the SDK sends to the engine while a call is going on. */
export function watchedFetch(inner: Fetch, at: Watch): Fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const kind = address.includes("/v1/checkpoint") ? "checkpoint" : address.includes("/e/") ? "events" : null;
    if (kind) at(`${kind} sent`);
    const answer = await inner(input, init);
    if (kind) at(`${kind} recorded`);
    return answer;
  };
}

const writes = /\b(?:insert\s+into|update|delete\s+from)\s+"?(\w+)"?/gi;
const isWatched = (table: string | undefined): table is (typeof written)[number] => written.includes(table as never);

function tablesIn(statement: string): (typeof written)[number][] {
  return [...statement.matchAll(writes)].map(([, table]) => table).filter(isWatched);
}

type Unsafe = postgres.Sql["unsafe"];
type Begin = (...args: unknown[]) => Promise<unknown>;

/** A transaction is watched just before and just after its commit; a statement by itself commits as it is answered. */
export function watchConnection(sql: postgres.Sql, at: Watch): void {
  const begin = sql.begin.bind(sql) as Begin;
  const unsafe = sql.unsafe.bind(sql) as Unsafe;

  sql.begin = (async (...args: unknown[]) => {
    const work = args.pop() as (tx: postgres.TransactionSql) => Promise<unknown>;
    const touched = new Set<(typeof written)[number]>();
    const result = await begin(...args, async (tx: postgres.TransactionSql) => {
      const inner = tx.unsafe.bind(tx) as Unsafe;
      tx.unsafe = ((statement: string, ...rest: []) => {
        for (const table of tablesIn(statement)) touched.add(table);
        return inner(statement, ...rest);
      }) as Unsafe;
      const done = await work(tx);
      for (const table of touched) at(`before commit of ${table}`);
      return done;
    });
    for (const table of touched) at(`after commit of ${table}`);
    return result;
  }) as typeof sql.begin;

  sql.unsafe = ((statement: string, ...rest: []) => {
    const query = unsafe(statement, ...rest);
    const touched = tablesIn(statement);
    // A query is sent once however many listen to it; by the next tick its caller has said in which form it wants its rows.
    const onCommit = () => {
      for (const table of touched) at(`after commit of ${table}`);
    };
    if (touched.length > 0) queueMicrotask(() => void query.then(onCommit, () => {}));
    return query;
  }) as Unsafe;
}
