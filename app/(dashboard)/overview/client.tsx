"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { KeyRound, UserPlus } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { AuditSentence } from "@/components/access/audit-sentence";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { ButtonLink } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Band, Page } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import {
  type ApiKey,
  itemsOf,
  keysQuery,
  latestAuditQuery,
  membersQuery,
  type Need,
  needsYouQuery,
} from "@/lib/client/access";
import { Greeting } from "./_parts/greeting";
import { NeedRow } from "./_parts/need-row";
import { NeedSkeleton } from "./_parts/need-skeleton";

export function Overview({ address, firstNow }: { address: string; firstNow: string }) {
  const { tenantUuid, person, workspace, can } = useSignedIn();
  const router = useRouter();
  const needs = useQuery(needsYouQuery(tenantUuid));
  const canInvite = can("members:write");

  const commands = useMemo<Command[]>(
    () =>
      canInvite
        ? [
            {
              id: "overview.invite",
              label: "Invite someone",
              keys: "c",
              scope: "overview",
              icon: <UserPlus aria-hidden="true" />,
              run: () => router.push("/settings/members?new=1" as Route),
            },
          ]
        : [],
    [canInvite, router],
  );
  useCommands(commands);

  return (
    <Page>
      <Greeting
        name={person.name}
        timeZone={workspace.timeZone}
        locale={person.locale === "en" ? "en-GB" : person.locale}
        firstNow={firstNow}
        actions={
          canInvite && (
            <ButtonLink href="/settings/members?new=1" keys="c" icon={<UserPlus aria-hidden="true" />}>
              Invite someone
            </ButtonLink>
          )
        }
      />
      <Band title="Needs you" says={needs.data && howMany(needs.data.items)}>
        <QueryView
          query={needs}
          skeleton={<NeedSkeleton />}
          error={{
            title: "What needs you did not load",
            safe: "Nothing was lost; the rooms at the left work as usual.",
          }}
          isEmpty={(data) => data.items.length === 0}
          empty={<NothingNeeded />}
        >
          {({ items }) => (
            <Panel>
              <ul>
                {items.map((need, at) => (
                  <NeedRow key={need.kind} need={need} isFirst={at === 0} />
                ))}
              </ul>
            </Panel>
          )}
        </QueryView>
      </Band>
      <Band
        title="What sold"
        says="Revenue and orders against the period before, by channel. No order has been reported yet."
      >
        <FirstCall address={address} />
      </Band>
      <Band title="What is running" says="Campaigns with their pace against plan. None has started yet.">
        <Team />
      </Band>
      {can("audit:read") && <Latest />}
    </Page>
  );
}

function howMany(needs: readonly Need[]): string {
  if (needs.length === 0) return "Nothing.";
  const broken = needs.filter((need) => need.kind === "audit_broken" || need.kind === "mail_refused").length;
  const things = needs.length === 1 ? "1 thing." : `${needs.length} things.`;
  if (broken > 0) return `${things} The first ${broken === 1 ? "is" : `${broken} are`} broken.`;
  if (needs.some((need) => need.kind === "keys_expire")) return `${things} The first ends by itself.`;
  return `${things} None of it is urgent.`;
}

/** Nothing to do is an achievement, and a moment to say what will come. */
function NothingNeeded() {
  return (
    <Panel className="px-4 py-3.5">
      <p className="flex items-center gap-2.5 text-14">
        <StatusMark tone="good" shape="full" />
        <b>All clear.</b>
      </p>
      <p className="mt-1 max-w-[64ch] pl-5 text-13 text-soft">
        Your sign-in is safe, nobody waits for an answer, no key runs out. Answers to give, approvals and budgets that
        run low will stand here as soon as there are campaigns.
      </p>
    </Panel>
  );
}

/** The first step towards numbers that is really there today: a program that talks to us. */
function FirstCall({ address }: { address: string }) {
  const { tenantUuid, can } = useSignedIn();
  const canRead = can("keys:read");
  const keys = useInfiniteQuery({ ...keysQuery(tenantUuid), enabled: canRead });
  const caller = lastCaller(itemsOf(keys.data));
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <div>
        <h3>Let a program speak for the shop</h3>
        <p className="mt-1 max-w-[56ch] text-13 text-soft">
          Orders will be reported by your shop’s program or by the website script. The door for programs is open: a key
          says who calls, its scopes say what it may do, and each change it makes stands in the audit log.
        </p>
        {caller?.lastUsedAt && (
          <p className="mt-2.5 flex items-center gap-2 text-13">
            <StatusMark tone="good" shape="full" />
            <span>
              <b>{caller.name}</b> called <Time at={caller.lastUsedAt} />
            </span>
          </p>
        )}
        <div className="mt-3.5 flex flex-wrap gap-2">
          {can("keys:write") ? (
            <ButtonLink href="/agents?new=1" icon={<KeyRound aria-hidden="true" />}>
              Create a key
            </ButtonLink>
          ) : (
            <p className="text-13 text-soft">Owners and admins create keys.</p>
          )}
          <ButtonLink href="/docs" variant="quiet">
            Read the reference
          </ButtonLink>
        </div>
      </div>
      <div className="min-w-0 self-start">
        <CodeBlock
          label="First call: which workspace does this key open"
          code={`curl ${address}/api/v1/me \\\n  -H "Authorization: Bearer $MADAN_SARA_KEY"`}
        />
      </div>
    </div>
  );
}

function lastCaller(keys: readonly ApiKey[]): ApiKey | undefined {
  return keys
    .filter((key) => key.state === "active" && key.lastUsedAt)
    .sort((a, b) => (b.lastUsedAt ?? "").localeCompare(a.lastUsedAt ?? ""))[0];
}

/** A campaign needs someone who plans it and someone who lets it go out: that can be prepared now. */
function Team() {
  const { tenantUuid, can } = useSignedIn();
  const members = useInfiniteQuery(membersQuery(tenantUuid));
  const people = itemsOf(members.data);
  const planners = people.filter((each) => each.role !== "viewer" && each.role !== "approver").length;
  const approvers = people.filter((each) => each.role !== "viewer" && each.role !== "marketer").length;
  return (
    <div>
      <h3>Bring in who plans and who approves</h3>
      <p className="mt-1 max-w-[64ch] text-13 text-soft">
        A campaign is planned by one person and let out by another.{" "}
        {members.data ? (
          <>
            Here {people.length === 1 ? "is 1 person" : `are ${people.length} people`}:{" "}
            <b className="num font-medium text-ink">{planners}</b> may plan,{" "}
            <b className="num font-medium text-ink">{approvers}</b> may approve.
          </>
        ) : (
          "Roles decide who may do which."
        )}
      </p>
      <div className="mt-3.5 flex flex-wrap gap-2">
        {can("members:write") && (
          <ButtonLink href="/settings/members?new=1" icon={<UserPlus aria-hidden="true" />}>
            Invite someone
          </ButtonLink>
        )}
        <ButtonLink href="/settings/members#roles" variant="quiet">
          See what each role may do
        </ButtonLink>
      </div>
    </div>
  );
}

function Latest() {
  const { tenantUuid } = useSignedIn();
  const latest = useQuery(latestAuditQuery(tenantUuid));
  return (
    <Band title="Latest in the log" says={<TextLink href="/audit">All of it</TextLink>}>
      <QueryView
        query={latest}
        skeleton={<TextSkeleton lines={5} />}
        error={{ title: "The log did not load", safe: "What was written is safe." }}
        isEmpty={(data) => data.items.length === 0}
        empty={<p className="text-13 text-soft">What people and programs change will be noted here, line by line.</p>}
      >
        {({ items }) => (
          <ul className="text-13">
            {items.map((line) => (
              <li
                key={line.id}
                className="flex min-h-8 items-baseline gap-4 border-b border-line py-1.5 first:pt-0 last:border-b-0"
              >
                <span className="min-w-0 grow text-soft">
                  <AuditSentence line={line} />
                </span>
                <Time at={line.at} className="flex-none text-12 text-faint" />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Band>
  );
}
