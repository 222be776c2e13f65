import { type Db, poolOf } from "./client";

/**
 * The only doors across tenants, each its own login with named policies. Who may call them is listed in the import
 * rules: a new caller is a decision, not a habit.
 */

/** The gate: whose key, session or invitation is this? Writes the tables that have no tenant. */
export function asGate<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return work(poolOf("gate").db);
}

export function asGateInTransaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return poolOf("gate").db.transaction((tx) => work(tx));
}

/** The worker: claims, sweeps, the engine. */
export function asWorker<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return work(poolOf("worker").db);
}

export function asWorkerInTransaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return poolOf("worker").db.transaction((tx) => work(tx));
}
