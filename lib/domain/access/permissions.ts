import type { Role } from "./vocabulary";

/**
 * One table decides who may do what; the interface and the API read the same. A permission is also the scope that a key
 * needs for it, so "what may this key do" and "what may this role do" are one question.
 * Later domains add their rows here and nothing else.
 */
const everyone = ["owner", "admin", "marketer", "approver", "viewer"] as const;
const admins = ["owner", "admin"] as const;
const workers = ["owner", "admin", "marketer", "approver"] as const;
const marketers = ["owner", "admin", "marketer"] as const;

export const permissions = {
  "workspace:read": { roles: everyone, says: "See the workspace's name and settings" },
  "workspace:write": { roles: admins, says: "Change the workspace's settings" },
  "members:read": { roles: everyone, says: "See who belongs to the workspace and who is invited" },
  "members:write": { roles: admins, says: "Invite people, change roles, remove people" },
  "keys:read": { roles: admins, says: "See the API keys (never their secrets)" },
  "keys:write": { roles: admins, says: "Create and revoke API keys" },
  "audit:read": { roles: admins, says: "Read, check and export the audit log" },
  "runs:read": { roles: admins, says: "See what runs in the background, with its steps, outputs and events" },
  "runs:write": { roles: admins, says: "Cancel and replay runs" },
  "contacts:read": { roles: everyone, says: "See contacts, companies, tags, notes and tasks" },
  "contacts:write": { roles: workers, says: "Change contacts, write notes, do tasks" },
  "contacts:bulk": { roles: marketers, says: "Change many contacts at once, import, merge and delete them" },
  "contacts:export": { roles: marketers, says: "Export contacts to a file" },
  "contacts:configure": { roles: admins, says: "Declare attributes and set the weights of the lead score" },
  "consent:read": { roles: everyone, says: "See what people agreed to, and who must not be written to" },
  "consent:write": { roles: workers, says: "Note what people agreed to, and suppress addresses" },
  "consent:lift": { roles: admins, says: "Lift a suppression where the rules allow it, and manage topics" },
  "segments:read": { roles: everyone, says: "See segments, their rules and their members" },
  "segments:write": { roles: marketers, says: "Make and change segments" },
  "privacy:read": { roles: admins, says: "See data requests, retention and the proofs of erasure" },
  "privacy:write": { roles: admins, says: "Export and erase a person, answer data requests, set retention" },
} as const satisfies Record<string, { roles: readonly Role[]; says: string }>;

export type Permission = keyof typeof permissions;
export const allPermissions = Object.keys(permissions) as Permission[];

/** Scopes that no role has: they belong to an organisation's platform key, which stands above workspaces. */
export const platformScopes = {
  "tenants:write": { says: "Create workspaces for the organisation" },
} as const;

/** `*` stands for all scopes of a workspace, today's and later ones. */
export type Scope = Permission | "*";
export const allScopes: Scope[] = [...allPermissions, "*"];

export function roleMay(role: Role, permission: Permission): boolean {
  return (permissions[permission].roles as readonly Role[]).includes(role);
}

export function scopesCover(scopes: readonly string[], permission: Permission): boolean {
  return scopes.includes("*") || scopes.includes(permission);
}

/** Whether someone of this role may hand out `scopes` to a key: nobody gives away more than they hold. */
export function grantableBy(
  role: Role,
  scopes: readonly string[],
): { kind: "yes" } | { kind: "no"; because: string[] } {
  const beyond = scopes.filter((scope) =>
    scope === "*" ? !allPermissions.every((p) => roleMay(role, p)) : !roleMay(role, scope as Permission),
  );
  return beyond.length === 0 ? { kind: "yes" } : { kind: "no", because: beyond };
}

/** A key makes nobody more than it is itself: a role is within its reach where it holds all that the role may do. */
export function scopesReach(scopes: readonly string[], role: Role): boolean {
  return allPermissions.every((permission) => !roleMay(role, permission) || scopesCover(scopes, permission));
}

/** Role changes: an admin may do everything to anyone below owner; only an owner makes, unmakes or removes an owner. */
export function decideRoleChange(facts: {
  actor: Role;
  from: Role;
  to: Role | "removed";
  ownersLeft: number;
}): { kind: "yes" } | { kind: "no"; because: "needs_owner" | "last_owner" } {
  if ((facts.from === "owner" || facts.to === "owner") && facts.actor !== "owner")
    return { kind: "no", because: "needs_owner" };
  if (facts.from === "owner" && facts.to !== "owner" && facts.ownersLeft <= 1)
    return { kind: "no", because: "last_owner" };
  return { kind: "yes" };
}
