/** A workspace, proven: only gates and job contexts cast to it, so a query is never handed an id straight from a URL. */
export type TenantId = string & { readonly __tenant: unique symbol };

/** The cast, named so that every place that proves a workspace can be found. */
export function provenTenant(id: string): TenantId {
  return id as TenantId;
}
