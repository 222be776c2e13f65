import type { WholeContact } from "@/db/queries/contacts/list-contacts";
import type { ExportColumn } from "@/lib/domain/imports/vocabulary";
import { toWireId } from "@/lib/kernel/ids";

type Cell = string | number | null;

const cells: Record<Exclude<ExportColumn, "attributes">, (contact: WholeContact) => Cell> = {
  id: ({ id }) => toWireId("contact", id),
  external_id: ({ externalId }) => externalId,
  name: ({ name }) => name,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  country: ({ country }) => country,
  customer_type: ({ customerType }) => customerType,
  stage: ({ stage }) => stage,
  score: ({ score }) => score,
  grade: ({ grade }) => grade,
  tags: ({ tags }) => tags.join("; "),
  company: ({ company }) => company,
  owner: ({ ownerName }) => ownerName,
  time_zone: ({ timeZone }) => timeZone,
  locale: ({ locale }) => locale,
  device_preference: ({ devicePreference }) => devicePreference,
  preferred_channel: ({ preferredChannel }) => preferredChannel,
  created_at: ({ createdAt }) => createdAt.toISOString(),
  updated_at: ({ updatedAt }) => updatedAt.toISOString(),
};

/** One contact as a row of the file; its attributes stand behind the columns, in the order of their keys. */
export function cellsOf(
  contact: WholeContact,
  columns: readonly ExportColumn[],
  attributes: readonly string[],
): Cell[] {
  const own = columns.flatMap((column) => (column === "attributes" ? [] : [cells[column](contact)]));
  return [...own, ...attributes.map((key) => attributeCell(contact.attributes[key]))];
}

function attributeCell(value: string | number | boolean | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}
