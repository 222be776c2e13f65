import { sql } from "drizzle-orm";
import { pgPolicy, pgRole, timestamp, uuid } from "drizzle-orm/pg-core";

/** The logins of STACK: each kind of access is its own, and none can bypass row-level security. */
export const appRole = pgRole("madan_app").existing();
export const gateRole = pgRole("madan_gate").existing();
export const workerRole = pgRole("madan_worker").existing();

export const tenantId = () => uuid("tenant_uuid").notNull();

export const createdAt = () => timestamp("created_at", { withTimezone: true }).notNull().defaultNow();
export const updatedAt = () => timestamp("updated_at", { withTimezone: true }).notNull().defaultNow();
export const moment = (name: string) => timestamp(name, { withTimezone: true });

// The setting is '' after a reset, and ''::uuid throws; the sub-select is evaluated once a query, so the index serves.
const ofThisTenant = sql`tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)`;

/**
 * Every table with a tenant carries this. It binds every login alike (grants say who may touch the table at all), the
 * owner too, because the migration adds FORCE: a trigger that runs as the owner stays inside the tenant as well.
 */
export const tenantPolicy = (table: string) =>
  pgPolicy(`${table}_of_tenant`, { for: "all", to: "public", using: ofThisTenant, withCheck: ofThisTenant });

/** A named exception for one login and one verb: the only rows that are ever seen across tenants. */
export const openTo = (table: string, role: typeof gateRole, verb: "select" | "update" | "delete") =>
  pgPolicy(`${table}_${role.name}_${verb}`, {
    for: verb,
    to: role,
    using: sql`true`,
    ...(verb === "update" ? { withCheck: sql`true` } : {}),
  });
