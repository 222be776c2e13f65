import type { z } from "zod";
import { acceptInvitation as accept, findInvitationByToken } from "@/db/queries/access/invitations";
import { insertMember } from "@/db/queries/access/members";
import { findPersonByEmail, insertPerson, saveSecrets } from "@/db/queries/access/people";
import { setActiveTenant } from "@/db/queries/access/sessions";
import { asGate, asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import type { AcceptInvitation } from "@/lib/domain/access/shapes";
import { invitationState } from "@/lib/domain/access/states";
import { AppError, invalid } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { provenTenant } from "@/lib/kernel/tenant";
import { type Call, type Context, type PersonCall, transaction } from "../context";
import { checkPasswordChoice } from "./check-password-choice";
import { deadLink } from "./confirm-sign-up";

/** What the page of an invitation shows before anybody accepts. Whoever holds the link may read it. */
export async function previewInvitation(call: Call, token: string) {
  return asGate(async (db) => {
    const row = await findInvitationByToken(db, hashSecret(token));
    if (!row) throw deadLink();
    return {
      email: row.email,
      role: row.role,
      workspaceName: row.workspaceName,
      invitedBy: row.invitedByName,
      state: invitationState(row, call.now()),
      hasAccount: (await findPersonByEmail(db, row.email)) !== null,
    };
  });
}

/**
 * The link proves the address it was mailed to. Someone new makes their account with it; someone who has one must be
 * signed in with that address, so that a forwarded letter does not let a stranger in under another name.
 */
export async function acceptInvitation(
  call: Call,
  signedIn: PersonCall | null,
  request: z.output<typeof AcceptInvitation>,
) {
  const row = await asGate((db) => findInvitationByToken(db, hashSecret(request.token)));
  if (!row || invitationState(row, call.now()) !== "open") throw deadLink();
  const person = await personFor(call, signedIn, row, request);
  const tenantId = provenTenant(row.tenantId);
  const actor = {
    kind: "person",
    id: person.id,
    name: person.name,
    email: row.email,
    sessionId: signedIn?.session.id ?? "",
    provenAt: call.now(),
    role: row.role,
  } as const;
  const ctx: Context = { ...call, tenantId, actor };
  await transaction(ctx, async (tx) => {
    if (!(await accept(tx.db, tenantId, row.id, tx.now()))) throw deadLink();
    const memberId = uuidv7(tx.now().getTime());
    const joined = await insertMember(tx.db, tenantId, { id: memberId, personId: person.id, role: row.role });
    if (!joined) return;
    await tx.audit({
      action: "member.joined",
      subject: { kind: "member", id: memberId, name: person.name },
      after: { email: row.email, role: row.role },
    });
  });
  if (signedIn) await asGate((db) => setActiveTenant(db, signedIn.session.id, tenantId));
  return { tenantUuid: row.tenantId, email: row.email };
}

async function personFor(
  call: Call,
  signedIn: PersonCall | null,
  invitation: { email: string; workspaceName: string },
  request: z.output<typeof AcceptInvitation>,
): Promise<{ id: string; name: string }> {
  if (signedIn) {
    if (signedIn.person.email === invitation.email) return signedIn.person;
    throw new AppError("conflict", `This invitation is for ${invitation.email}. Sign in with that address.`, {
      reason: "other_address",
    });
  }
  if (await asGate((db) => findPersonByEmail(db, invitation.email))) {
    throw new AppError("unauthenticated", `Sign in as ${invitation.email} to accept.`, { reason: "sign_in_first" });
  }
  if (!request.name) throw invalid("/name", "Say your name.");
  if (!request.password) throw invalid("/password", "Choose a password.");
  const { name, password } = request;
  checkPasswordChoice(call, password, [invitation.email, name, invitation.workspaceName], "/password");
  const passwordHash = await call.ports.passwords.hash(password);
  return asGateInTransaction(async (db) => {
    const made = await insertPerson(db, { id: uuidv7(call.now().getTime()), email: invitation.email, name });
    if (!made)
      throw new AppError("unauthenticated", `Sign in as ${invitation.email} to accept.`, { reason: "sign_in_first" });
    await saveSecrets(db, made.id, { passwordHash });
    return made;
  });
}
