import { findWorkspace } from "@/db/queries/access/workspaces";
import { listAttributeTypes } from "@/db/queries/contacts/attributes";
import type { ProfileFacts } from "@/lib/domain/contacts/profile";
import { countryOfZone } from "@/lib/domain/contacts/zone-country";
import type { Tx } from "../context";

/** What `judgeProfile` needs to know of the workspace. */
export async function loadProfileFacts(tx: Tx): Promise<ProfileFacts> {
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  const declared = await listAttributeTypes(tx.db, tx.tenantId);
  return {
    attributes: new Map(declared.map(({ key, id, type }) => [key, { id, type }])),
    readPhone: (text, country) => tx.ports.phones.read(text, country),
    country: workspace ? countryOfZone(workspace.timeZone) : null,
  };
}
