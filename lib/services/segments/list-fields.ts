import { listReferred } from "@/db/queries/segments/references";
import { operators } from "@/lib/domain/segments/operators";
import { type FieldChoice, type FieldGroup, fieldGroups, type Reference } from "@/lib/domain/segments/registry";
import type { SegmentFields } from "@/lib/domain/segments/shapes";
import { type Noun, toWireId } from "@/lib/kernel/ids";
import { type Context, read, requireScope } from "../context";
import { loadGround } from "./read-rules";

/** A list to choose from has an end; beyond it values are given by their id. */
const mostChoices = 500;

const nounOf: Record<Reference, Noun> = {
  tag: "tag",
  owner: "person",
  company: "company",
  segment: "segment",
  import: "import",
};

/** Everything a rule may be made of: for builders on a screen and for programs. */
export async function listFields(ctx: Context): Promise<SegmentFields> {
  requireScope(ctx, "segments:read");
  return read(ctx, async (tx) => {
    const { fields } = await loadGround(tx);
    const items: SegmentFields["items"] = [];
    for (const field of fields.values()) {
      const { reference } = field;
      let values: readonly FieldChoice[] | null = field.values ?? null;
      if (reference) {
        const rows = await listReferred(tx.db, tx.tenantId, reference, mostChoices);
        values = rows.map(({ id, name }) => ({ value: toWireId(nounOf[reference], id), label: name }));
      }
      items.push({
        id: field.id,
        label: field.label,
        group: field.group,
        hint: field.hint,
        operators: [...field.operators],
        values: values ? [...values] : null,
        reference: reference ?? null,
      });
    }
    return {
      groups: (Object.keys(fieldGroups) as FieldGroup[]).map((id) => ({ id, label: fieldGroups[id] })),
      operators: Object.entries(operators).map(([id, { label, takes }]) => ({ id, label, takes })),
      items,
    };
  });
}
