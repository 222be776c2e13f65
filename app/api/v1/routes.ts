import type { Handler, Segment, Verb } from "@/lib/http/route";
import * as auditExport from "./audit/export/route";
import * as audit from "./audit/route";
import * as auditVerify from "./audit/verify/route";
import * as engineEventsId from "./engine/events/[id]/route";
import * as engineEvents from "./engine/events/route";
import * as functions from "./functions/route";
import * as invitationsIdResend from "./invitations/[id]/resend/route";
import * as invitationsId from "./invitations/[id]/route";
import * as invitationsAccept from "./invitations/accept/route";
import * as invitationsPreview from "./invitations/preview/route";
import * as invitations from "./invitations/route";
import * as keysId from "./keys/[id]/route";
import * as keys from "./keys/route";
import * as meActiveWorkspace from "./me/active-workspace/route";
import * as mePassword from "./me/password/route";
import * as meProof from "./me/proof/route";
import * as me from "./me/route";
import * as meSecondFactorConfirm from "./me/second-factor/confirm/route";
import * as meSecondFactor from "./me/second-factor/route";
import * as membersId from "./members/[id]/route";
import * as members from "./members/route";
import * as needsYou from "./needs-you/route";
import * as passwordResetsConfirm from "./password-resets/confirm/route";
import * as passwordResets from "./password-resets/route";
import * as runsIdCancel from "./runs/[id]/cancel/route";
import * as runsIdOutput from "./runs/[id]/output/route";
import * as runsIdReplay from "./runs/[id]/replay/route";
import * as runsId from "./runs/[id]/route";
import * as runs from "./runs/route";
import * as runsSummary from "./runs/summary/route";
import * as scopes from "./scopes/route";
import * as sessionsId from "./sessions/[id]/route";
import * as sessions from "./sessions/route";
import * as signInLinks from "./sign-in-links/route";
import * as signUpConfirm from "./sign-up/confirm/route";
import * as signUp from "./sign-up/route";
import * as workspacesCurrent from "./workspaces/current/route";
import * as workspaces from "./workspaces/route";

/**
 * Every door of the API in one list: the reference, the client and the tests that walk all routes read it. A test holds
 * it equal to the folder.
 */
export type Route = {
  path: string;
  module: Partial<Record<Verb, Handler | ((request: Request, segment: Segment) => Promise<Response>)>>;
};

export const routes: Route[] = [
  { path: "/api/v1/audit", module: audit },
  { path: "/api/v1/audit/export", module: auditExport },
  { path: "/api/v1/audit/verify", module: auditVerify },
  { path: "/api/v1/engine/events", module: engineEvents },
  { path: "/api/v1/engine/events/{id}", module: engineEventsId },
  { path: "/api/v1/functions", module: functions },
  { path: "/api/v1/invitations", module: invitations },
  { path: "/api/v1/invitations/{id}", module: invitationsId },
  { path: "/api/v1/invitations/{id}/resend", module: invitationsIdResend },
  { path: "/api/v1/invitations/accept", module: invitationsAccept },
  { path: "/api/v1/invitations/preview", module: invitationsPreview },
  { path: "/api/v1/keys", module: keys },
  { path: "/api/v1/keys/{id}", module: keysId },
  { path: "/api/v1/me", module: me },
  { path: "/api/v1/me/active-workspace", module: meActiveWorkspace },
  { path: "/api/v1/me/password", module: mePassword },
  { path: "/api/v1/me/proof", module: meProof },
  { path: "/api/v1/me/second-factor", module: meSecondFactor },
  { path: "/api/v1/me/second-factor/confirm", module: meSecondFactorConfirm },
  { path: "/api/v1/members", module: members },
  { path: "/api/v1/members/{id}", module: membersId },
  { path: "/api/v1/needs-you", module: needsYou },
  { path: "/api/v1/password-resets", module: passwordResets },
  { path: "/api/v1/password-resets/confirm", module: passwordResetsConfirm },
  { path: "/api/v1/runs", module: runs },
  { path: "/api/v1/runs/{id}", module: runsId },
  { path: "/api/v1/runs/{id}/cancel", module: runsIdCancel },
  { path: "/api/v1/runs/{id}/output", module: runsIdOutput },
  { path: "/api/v1/runs/{id}/replay", module: runsIdReplay },
  { path: "/api/v1/runs/summary", module: runsSummary },
  { path: "/api/v1/scopes", module: scopes },
  { path: "/api/v1/sessions", module: sessions },
  { path: "/api/v1/sessions/{id}", module: sessionsId },
  { path: "/api/v1/sign-in-links", module: signInLinks },
  { path: "/api/v1/sign-up", module: signUp },
  { path: "/api/v1/sign-up/confirm", module: signUpConfirm },
  { path: "/api/v1/workspaces", module: workspaces },
  { path: "/api/v1/workspaces/current", module: workspacesCurrent },
];
