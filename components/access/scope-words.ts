import { allPermissions, type Permission, permissions } from "@/lib/domain/access/permissions";

const nouns: Record<string, string> = {
  workspace: "Workspace",
  members: "Members and invitations",
  keys: "API keys",
  audit: "Audit log",
};

export type ScopeGroup = { noun: string; label: string; scopes: { scope: Permission; verb: string; says: string }[] };

/** By what they are about, as one looks for them: first to read, then to change. */
export function scopeGroups(): ScopeGroup[] {
  const groups = new Map<string, ScopeGroup>();
  for (const scope of allPermissions) {
    const [noun = "", verb = ""] = scope.split(":");
    const group = groups.get(noun) ?? { noun, label: nouns[noun] ?? noun, scopes: [] };
    group.scopes.push({ scope, verb, says: permissions[scope].says });
    groups.set(noun, group);
  }
  return [...groups.values()];
}

/** "Everything", or how many and the first few. */
export function scopesInShort(scopes: readonly string[]): string {
  if (scopes.includes("*")) return "Everything";
  return scopes.length <= 2 ? scopes.join(", ") : `${scopes.slice(0, 2).join(", ")} and ${scopes.length - 2} more`;
}
