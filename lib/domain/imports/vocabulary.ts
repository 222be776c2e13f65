/** The words of imports and exports. */
export const importStates = [
  "uploading",
  /** The file is here: its columns wait to be mapped. */
  "ready",
  "running",
  "done",
  "failed",
  "cancelled",
  "undoing",
  "undone",
] as const;
export type ImportState = (typeof importStates)[number];

/** What happens with a row whose person is known already. */
export const importPolicies = ["update", "skip", "create"] as const;
export type ImportPolicy = (typeof importPolicies)[number];

/** So many rows that could not be taken in are kept with their reasons; further ones are counted. */
export const mostProblems = 10_000;

export const exportStates = ["waiting", "running", "done", "failed", "expired"] as const;
export type ExportState = (typeof exportStates)[number];

export const exportKinds = ["contacts", "person", "processing"] as const;
export type ExportKind = (typeof exportKinds)[number];

/** By what a row finds the contact that is known already. */
export const matchKeys = ["external_id", "email", "phone"] as const;
export type MatchKey = (typeof matchKeys)[number];

/** How 03/04/2026 is read. */
export const dateOrders = ["day_first", "month_first"] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What stands before the decimals where 1,234 could be either. */
export const decimalMarks = ["point", "comma"] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** What can be done with an import. */
export const importActs = ["change", "start", "cancel", "undo", "delete"] as const;
export type ImportAct = (typeof importActs)[number];

/** What people said to marketing, under the names by which an import reads it again. */
export const consentColumns = ["consent_email", "consent_sms", "consent_whatsapp"] as const;
export type ConsentColumn = (typeof consentColumns)[number];

/** The accounts of a person at vendors, likewise; several of one kind stand in one cell. */
export const accountColumns = ["whatsapp", "instagram", "facebook", "linkedin", "twitter"] as const;

/** The columns of an export, in the order in which they stand; custom attributes follow as columns of their own. */
export const exportColumns = [
  "id",
  "external_id",
  "name",
  "first_name",
  "last_name",
  "email",
  "phone",
  ...accountColumns,
  "country",
  "customer_type",
  "stage",
  "score",
  "grade",
  "tags",
  "company",
  "owner",
  "time_zone",
  "locale",
  "device_preference",
  "preferred_channel",
  ...consentColumns,
  "attributes",
  "created_at",
  "updated_at",
] as const;
export type ExportColumn = (typeof exportColumns)[number];
