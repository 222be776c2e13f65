"use client";

import {
  KeyRound,
  Link2Off,
  ListTodo,
  type LucideIcon,
  MailWarning,
  Send,
  ShieldAlert,
  ShieldQuestionMark,
  SlidersHorizontal,
  Workflow,
} from "lucide-react";
import type { ReactNode } from "react";
import { TimeLeft } from "@/components/access/time-left";
import { ButtonLink } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Need } from "@/lib/client/access";
import { roleLabels } from "@/lib/domain/access/labels";
import type { OpenSetting } from "@/lib/domain/access/vocabulary";

type Face<N> = {
  icon: LucideIcon;
  tone: Tone;
  says: (need: N) => ReactNode;
  why: (need: N) => ReactNode;
  act: (need: N) => string;
  href: string;
};

/** One face per kind of need: the sentence, why it matters, and where it is put right. */
const faces: { [K in Need["kind"]]: Face<Extract<Need, { kind: K }>> } = {
  audit_broken: {
    icon: Link2Off,
    tone: "bad",
    says: ({ line }) => <b>The audit log was changed at line {line.toLocaleString()}.</b>,
    why: () => "It no longer proves what happened before. Somebody wrote past the product.",
    act: () => "Check the chain",
    href: "/audit?check=1",
  },
  runs_failed: {
    icon: Workflow,
    tone: "bad",
    says: ({ count, name }) =>
      count === 1 ? (
        <b>“{name}” failed.</b>
      ) : (
        <>
          <b>{count} runs failed,</b> “{name}” last.
        </>
      ),
    why: ({ at }) => (
      <>
        <Time at={at} />. What they had done is kept: replay them once the cause is gone.
      </>
    ),
    act: ({ count }) => (count === 1 ? "See why" : "See them"),
    href: "/runs?status=failed",
  },
  mail_refused: {
    icon: MailWarning,
    tone: "bad",
    says: ({ count, email }) =>
      count === 1 ? (
        <b>The invitation to {email} did not leave.</b>
      ) : (
        <>
          <b>{count} invitations did not leave,</b> the first to {email}.
        </>
      ),
    why: ({ because }) => because,
    act: () => "See the invitations",
    href: "/settings/members#invitations",
  },
  keys_expire: {
    icon: KeyRound,
    tone: "waiting",
    says: ({ count, name, expiresAt }) =>
      count === 1 ? (
        <>
          <b>The key {name}</b> ends in <TimeLeft until={expiresAt} />.
        </>
      ) : (
        <>
          <b>{count} keys end soon,</b> {name} first: in <TimeLeft until={expiresAt} />.
        </>
      ),
    why: ({ lastUsedAt }) =>
      lastUsedAt ? (
        <>
          It was used <Time at={lastUsedAt} />: its program stops when it ends.
        </>
      ) : (
        "It was never used."
      ),
    act: () => "See the key",
    href: "/agents",
  },
  second_factor_off: {
    icon: ShieldAlert,
    tone: "waiting",
    says: () => (
      <>
        <b>Your sign-in rests on one factor.</b>
      </>
    ),
    why: ({ role }) => `${roleLabels[role].label}s can hand out keys, so a stolen password would open everything.`,
    act: () => "Add a second",
    href: "/settings/security#second-factor",
  },
  invitations_wait: {
    icon: Send,
    tone: "info",
    says: ({ count, email }) =>
      count === 1 ? (
        <>
          <b>{email}</b> has not answered the invitation.
        </>
      ) : (
        <>
          <b>{count} invitations wait</b> for an answer.
        </>
      ),
    why: ({ count, email, sentAt, expiresAt }) =>
      count === 1 ? (
        <>
          Sent <Time at={sentAt} />; its link works <TimeLeft until={expiresAt} /> more.
        </>
      ) : (
        <>
          The link of {email} ends first, in <TimeLeft until={expiresAt} />.
        </>
      ),
    act: ({ count }) => (count === 1 ? "See it" : "See them"),
    href: "/settings/members#invitations",
  },
  settings_open: {
    icon: SlidersHorizontal,
    tone: "quiet",
    says: ({ missing }) => (
      <>
        <b>Nobody has set the {inWords(missing)} yet.</b>
      </>
    ),
    why: ({ missing }) => whyOpen(missing),
    act: () => "Open the settings",
    href: "/settings/workspace",
  },
  data_requests_due: {
    icon: ShieldQuestionMark,
    tone: "bad",
    says: ({ count, isLate }) => (
      <b>
        {count === 1 ? "A request about personal data" : `${count} requests about personal data`}{" "}
        {isLate ? (count === 1 ? "is late." : "wait, the first is late.") : "must be answered soon."}
      </b>
    ),
    why: ({ dueAt }) => (
      <>
        Due <Time at={dueAt} />. The law gives a month to answer.
      </>
    ),
    act: ({ count }) => (count === 1 ? "Answer it" : "Answer them"),
    href: "/settings/data-protection#requests",
  },
  tasks_overdue: {
    icon: ListTodo,
    tone: "waiting",
    says: ({ count, title }) =>
      count === 1 ? (
        <>
          <b>“{title}”</b> is late.
        </>
      ) : (
        <>
          <b>{count} of your tasks are late,</b> “{title}” the longest.
        </>
      ),
    why: ({ dueAt }) => (
      <>
        Due <Time at={dueAt} />. Do it, give it to somebody, or set another day.
      </>
    ),
    act: ({ count }) => (count === 1 ? "Open the task" : "Open the tasks"),
    href: "/tasks?overdue=true",
  },
  keys_unused: {
    icon: KeyRound,
    tone: "quiet",
    says: ({ count, name }) =>
      count === 1 ? (
        <>
          <b>The key {name}</b> was never used.
        </>
      ) : (
        <>
          <b>{count} keys were never used,</b> {name} among them.
        </>
      ),
    why: ({ createdAt }) => (
      <>
        Made <Time at={createdAt} />. What nobody needs is safest revoked.
      </>
    ),
    act: () => "Look at it",
    href: "/agents",
  },
};

const tones: Record<Tone, string> = {
  bad: "text-bad",
  waiting: "text-waiting",
  info: "text-info",
  good: "text-good",
  quiet: "text-soft",
};

const settingWords: Record<OpenSetting, string> = {
  time_zone: "time zone",
  currency: "currency",
  postal_address: "postal address",
};

function inWords(missing: readonly OpenSetting[]): string {
  const words = missing.map((each) => settingWords[each]);
  return words.length < 2 ? (words[0] ?? "settings") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function whyOpen(missing: readonly OpenSetting[]): string {
  if (missing.includes("postal_address")) return "The law asks for an address under every marketing letter.";
  return missing.includes("time_zone")
    ? "Days, quiet hours and limits are counted in it."
    : "Budgets and revenue are counted in it.";
}

export function NeedRow({ need, isFirst }: { need: Need; isFirst: boolean }) {
  // The map is typed by kind; a union's own kind always finds its own face.
  const face = faces[need.kind] as Face<Need>;
  const Icon = face.icon;
  return (
    <li className="grid min-h-10 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line py-[3px] pr-[7px] pl-3 last:border-b-0 max-sm:grid-cols-[16px_minmax(0,1fr)] max-sm:gap-y-2 max-sm:py-3">
      <Icon aria-hidden="true" className={cn(tones[face.tone], "max-sm:self-start max-sm:mt-0.5")} />
      <p className="py-1 max-sm:py-0">
        {face.says(need)} <span className="text-soft">{face.why(need)}</span>
      </p>
      <ButtonLink
        href={face.href}
        size="row"
        variant={isFirst ? "primary" : "second"}
        className="max-sm:col-start-2 max-sm:justify-self-start"
      >
        {face.act(need)}
      </ButtonLink>
    </li>
  );
}
