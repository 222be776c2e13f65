"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { ErrorState } from "@/components/feedback/error-state";
import { FormSkeleton, Late } from "@/components/feedback/skeleton";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field, Form, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { ApiError, api, type Json } from "@/lib/client/api";
import { roleLabels } from "@/lib/domain/access/labels";
import type { InvitationPreview } from "@/lib/domain/access/shapes";
import { AuthFoot, AuthHead } from "../_parts/auth-head";
import { DeadLink, ToSignIn } from "../_parts/dead-link";
import { enter, leaveTo } from "../_parts/enter";
import { forgetInvitation, keepEmail, keepInvitation, keptInvitation } from "../_parts/kept";
import { PasswordField } from "../_parts/password-field";
import { passwordFault } from "../_parts/password-words";
import { needs, shapeOf } from "../_parts/shape";
import { SignOutButton } from "../_parts/sign-out-button";
import { useHashToken } from "../_parts/use-hash-token";
import { type Invited, type Visitor, whatNow } from "./what-now";

type Preview = Json<import("zod").output<typeof InvitationPreview>>;

export function InvitationPage({ visitor }: { visitor: Visitor }) {
  const hash = useHashToken();
  const kept = useSyncExternalStore(
    () => () => {},
    () => keptInvitation(),
    () => null,
  );
  const token = hash.kind === "token" ? hash.token : hash.kind === "none" ? kept : null;
  const preview = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => api<Preview>("/invitations/preview", { method: "POST", body: { token }, signal }),
    enabled: token !== null,
    staleTime: 0,
  });

  if (token === null && hash.kind === "none") return <Dead />;
  if (preview.error instanceof ApiError && preview.error.status === 404) return <Dead />;
  if (preview.error && !preview.data)
    return (
      <ErrorState
        look="bare"
        title="The invitation did not load"
        safe="It is as it was; the link still works."
        error={preview.error}
        onRetry={() => void preview.refetch()}
        isRetrying={preview.isFetching}
      />
    );
  if (!preview.data || token === null)
    return (
      <>
        <AuthHead title="You are invited" />
        <Late label="Reading the invitation">
          <FormSkeleton fields={2} />
        </Late>
      </>
    );
  return <Opened token={token} invitation={preview.data} visitor={visitor} />;
}

function Dead() {
  useEffect(forgetInvitation, []);
  return <DeadLink actions={<ToSignIn />}>Ask whoever invited you to send it again.</DeadLink>;
}

function Opened({ token, invitation, visitor }: { token: string; invitation: Invited; visitor: Visitor }) {
  const now = whatNow(invitation, visitor);
  const { workspaceName, invitedBy, email } = invitation;
  switch (now.kind) {
    case "closed":
      return (
        <>
          <AuthHead title={now.title}>{now.says}</AuthHead>
          <div className="flex flex-wrap gap-2">
            {visitor.kind === "in" ? (
              <ButtonLink href="/overview" variant="primary">
                Go to the overview
              </ButtonLink>
            ) : (
              <ToSignIn />
            )}
          </div>
        </>
      );
    case "join":
      return (
        <>
          <Welcome invitation={invitation} />
          <Join token={token} workspaceName={workspaceName} />
        </>
      );
    case "other_address":
      return (
        <>
          <Welcome invitation={invitation} />
          <Note tone="waiting">
            You are signed in as <Address>{now.signedInAs}</Address>, and the invitation is for{" "}
            <Address>{email}</Address>. Sign out to accept it, or ask {invitedBy ?? "whoever invited you"} to invite
            your other address.
          </Note>
          <div className="mt-4 flex flex-wrap gap-2">
            <SignOutButton
              variant="primary"
              onOut={() => {
                keepInvitation(token);
                window.location.reload();
                return new Promise(() => {});
              }}
            >
              Sign out and go on
            </SignOutButton>
            <ButtonLink href="/overview" variant="quiet">
              Stay signed in
            </ButtonLink>
          </div>
        </>
      );
    case "sign_in":
      return (
        <>
          <Welcome invitation={invitation} />
          <p className="mb-4 text-14 text-soft">
            {now.isHalf ? "Your sign-in still waits for its second step." : "You have an account with this address."}{" "}
            Afterwards you come back here.
          </p>
          <SignInFirst token={token} email={email} page={now.isHalf ? "/sign-in/code" : "/sign-in"} />
        </>
      );
    case "new":
      return (
        <>
          <Welcome invitation={invitation} />
          <NewPerson token={token} invitation={invitation} />
        </>
      );
  }
}

function Welcome({ invitation }: { invitation: Invited }) {
  const { label, says } = roleLabels[invitation.role];
  return (
    <AuthHead title={`Join ${invitation.workspaceName}`}>
      {invitation.invitedBy ?? "Somebody there"} invited <Address>{invitation.email}</Address> as{" "}
      <b className="font-medium text-ink">{label.toLowerCase()}</b>: {says.charAt(0).toLowerCase() + says.slice(1)}.
    </AuthHead>
  );
}

function Address({ children }: { children: ReactNode }) {
  return <b className="font-medium break-all text-ink">{children}</b>;
}

async function accept(token: string, body: { name?: string; password?: string } = {}) {
  const answer = await api<{ tenantUuid: string; email: string }>("/invitations/accept", {
    method: "POST",
    body: { token, ...body },
  });
  forgetInvitation();
  return answer;
}

function Join({ token, workspaceName }: { token: string; workspaceName: string }) {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const join = async () => {
    setBusy(true);
    setFault(null);
    try {
      await accept(token);
      await leaveTo("/overview");
    } catch (error) {
      setFault(error instanceof Error ? error.message : "It did not work. Try again in a moment.");
    }
    setBusy(false);
  };
  return (
    <>
      {fault && (
        <Note tone="bad" role="alert" className="mb-4">
          {fault}
        </Note>
      )}
      <Button variant="primary" size="tall" className="w-full" busy={isBusy} onClick={() => void join()}>
        Join {workspaceName}
      </Button>
    </>
  );
}

function SignInFirst({ token, email, page }: { token: string; email: string; page: string }) {
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      variant="primary"
      size="tall"
      className="w-full"
      busy={isBusy}
      onClick={() => {
        setBusy(true);
        keepInvitation(token);
        keepEmail(email);
        void leaveTo(`${page}?next=${encodeURIComponent("/invitations")}`);
      }}
    >
      Sign in to join
    </Button>
  );
}

function NewPerson({ token, invitation }: { token: string; invitation: Invited }) {
  const { email, workspaceName } = invitation;
  return (
    <>
      <Form
        method="post"
        keepAs="invitation"
        shape={shapeOf({
          name: needs("Write your name."),
          password: (value, { name = "" }) => passwordFault(value, [email, name, workspaceName]),
        })}
        onSubmit={async (values) => {
          const password = String(values.password);
          await accept(token, { name: String(values.name).trim(), password });
          keepEmail(email);
          const entry = await enter("password", { email, password });
          await leaveTo(entry.kind === "in" ? "/overview" : "/sign-in?done=joined");
        }}
      >
        {/* A password manager learns from it whose password this is. */}
        <input type="hidden" name="username" value={email} autoComplete="username" />
        <Field name="name" label="Your name" required>
          <Input autoComplete="name" maxLength={120} autoFocus />
        </Field>
        <PasswordField isNew about={["#name", email, workspaceName]} />
        <SubmitButton size="tall" className="mt-1 w-full" busyLabel="Joining">
          {`Join ${workspaceName}`}
        </SubmitButton>
      </Form>
      <AuthFoot>
        <p>This makes your account with {email}.</p>
      </AuthFoot>
    </>
  );
}
