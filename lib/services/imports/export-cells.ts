import type { WholeContact } from "@/db/queries/contacts/list-contacts";
import type { accountColumns, ConsentColumn, ExportColumn } from "@/lib/domain/imports/vocabulary";
import { toWireId } from "@/lib/kernel/ids";

type Cell = string | number | null;

/** What a contact says to marketing, by column; absent where they have not spoken. */
export type SaidCells = Partial<Record<ConsentColumn, "yes" | "no">>;

const account =
  (channel: (typeof accountColumns)[number]) =>
  ({ identities }: WholeContact): Cell =>
    identities
      .flatMap((identity) => (identity.channel === channel ? [identity.externalId] : []))
      .sort()
      .join("; ");
const consent = (column: ConsentColumn) => (_: WholeContact, said: SaidCells) => said[column] ?? null;

const cells: Record<Exclude<ExportColumn, "attributes">, (contact: WholeContact, said: SaidCells) => Cell> = {
  id: ({ id }) => toWireId("contact", id),
  external_id: ({ externalId }) => externalId,
  name: ({ name }) => name,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  whatsapp: account("whatsapp"),
  instagram: account("instagram"),
  facebook: account("facebook"),
  linkedin: account("linkedin"),
  twitter: account("twitter"),
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
  consent_email: consent("consent_email"),
  consent_sms: consent("consent_sms"),
  consent_whatsapp: consent("consent_whatsapp"),
  created_at: ({ createdAt }) => createdAt.toISOString(),
  updated_at: ({ updatedAt }) => updatedAt.toISOString(),
};

/** One contact as a row of the file; its attributes stand behind the columns, in the order of their keys. */
export function cellsOf(
  contact: WholeContact,
  said: SaidCells,
  columns: readonly ExportColumn[],
  attributes: readonly string[],
): Cell[] {
  const own = columns.flatMap((column) => (column === "attributes" ? [] : [cells[column](contact, said)]));
  return [...own, ...attributes.map((key) => attributeCell(contact.attributes[key]))];
}

function attributeCell(value: string | number | boolean | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}
