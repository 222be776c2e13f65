import type { SQL } from "drizzle-orm";
import type { Field } from "@/lib/domain/segments/registry";
import type { Rule } from "@/lib/domain/segments/rules";
import type { TenantId } from "@/lib/kernel/tenant";

/** What a condition may depend on beside its rule: all of it reaches the query as parameters. */
export type RulePlace = { tenantId: TenantId; now: Date; timeZone: string };

/**
 * What a later domain (events, funnels) lets rules ask about: its fields, and the condition of a positive rule on the
 * contact `c`. The condition must never be null; negative operators are its complement and no affair of the source.
 */
export type FieldSource = {
  fields: readonly Field[];
  compile(rule: Rule, place: RulePlace): SQL;
};

/** One line a domain, in `db/queries/<domain>/segment-fields.ts`. */
export const fieldSources: readonly FieldSource[] = [];
