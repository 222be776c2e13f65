"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight, Pencil, SquareCheck, StickyNote } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { nameOf } from "@/components/contacts/contact-name";
import { type ListOrder, readOrder } from "@/components/contacts/list-order";
import { useSettled } from "@/components/contacts/use-settled";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import type { Command } from "@/components/shell/commands";
import { Crumbs } from "@/components/shell/crumbs";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { itemsOf } from "@/lib/client/access";
import {
  type Activity,
  activityQuery,
  attributesQuery,
  type Contact,
  contactQuery,
  tasksQuery,
} from "@/lib/client/contacts";
import { urlFlag, urlOneOf } from "../../_parts/url-words";
import { useUrlState } from "../../_parts/use-url-state";
import { EngagementList } from "./_parts/engagement-list";
import { Facts, Who } from "./_parts/facts";
import { Identities } from "./_parts/identities";
import { PersonMenu } from "./_parts/person-menu";
import { ScoreBlock } from "./_parts/score-block";
import { SegmentsOf } from "./_parts/segments-of";
import { Timeline } from "./_parts/timeline";

const ConsentPanel = lazy(() =>
  import("@/components/consent/consent-panel").then((module) => ({ default: module.ConsentPanel })),
);
const TaskList = lazy(() => import("@/components/contacts/task-list").then((module) => ({ default: module.TaskList })));
const ActivityStrip = lazy(() =>
  import("./_parts/activity-strip").then((module) => ({ default: module.ActivityStrip })),
);
const EditDrawer = lazy(() => import("./_parts/edit-drawer"));
const NoteForm = lazy(() => import("./_parts/note-form"));
const TaskForm = lazy(() => import("@/components/contacts/task-form"));

const tabs = [
  { id: "everything", label: "Everything", kind: null, empty: "What is written, changed or said stands here." },
  { id: "note", label: "Notes", kind: "note", empty: "Press n and write what the team should know." },
  { id: "task", label: "Tasks", kind: "task", empty: "Press t and write down what was promised." },
  { id: "consent", label: "Consent", kind: "consent", empty: "Nobody has said yet what they want to get." },
  { id: "score", label: "Score", kind: "score", empty: "A line comes with each day on which the score moves." },
  { id: "change", label: "Changes", kind: "change", empty: "Changes made with many others at once stand here." },
] as const;

const words = { tab: urlOneOf(tabs.map((tab) => tab.id)), edit: urlFlag };

export function ContactView({ id }: { id: string }) {
  const { tenantUuid } = useSignedIn();
  const router = useRouter();
  const contact = useQuery(contactQuery(tenantUuid, id));
  const found = contact.data?.id;
  // Merged away while one looked: the API answers with the one that stayed, and so does the address.
  useEffect(() => {
    if (found && found !== id) router.replace(`/contacts/${found}` as Route);
  }, [found, id, router]);
  return (
    <QueryView
      query={contact}
      skeleton={
        <div className="p-6">
          <TextSkeleton lines={10} />
        </div>
      }
      error={{ title: "The contact did not load", safe: "Nothing is lost; only this page is affected." }}
    >
      {(data) => <Shown contact={data} />}
    </QueryView>
  );
}

function Shown({ contact }: { contact: Contact }) {
  const { can } = useSignedIn();
  const [{ tab, edit }, setWanted] = useUrlState(words);
  const [writing, setWriting] = useState<"note" | "task" | null>(null);
  const mayWrite = can("contacts:write");
  const order = useNeighbours(contact.id);
  const isSettled = useSettled();
  const { tenantUuid } = useSignedIn();
  const activity = useQuery(activityQuery(tenantUuid, contact.id)).data;
  const chosen = tabs.find(({ id }) => id === tab) ?? tabs[0];

  const commands = useMemo<Command[]>(
    () => [
      ...(mayWrite
        ? (
            [
              ["note", "Write a note", "n", <StickyNote key="n" aria-hidden="true" />],
              ["task", "Write down a task", "t", <SquareCheck key="t" aria-hidden="true" />],
            ] as const
          ).map(([what, label, keys, icon]) => ({
            id: `contact.${what}`,
            label,
            keys,
            scope: "contact",
            icon,
            run: () => setWriting(what),
          }))
        : []),
      ...(mayWrite
        ? [
            {
              id: "contact.edit",
              label: "Edit this contact",
              keys: "e",
              scope: "contact",
              icon: <Pencil aria-hidden="true" />,
              run: () => setWanted({ edit: true }),
            },
          ]
        : []),
    ],
    [mayWrite, setWanted],
  );
  useCommands(commands);

  return (
    <div className="grid min-h-full grid-cols-[minmax(0,1fr)] lg:grid-cols-[312px_minmax(0,1fr)] lg:grid-rows-[auto_minmax(0,1fr)]">
      <Crumbs trail={[{ label: nameOf(contact) }]} />
      <section aria-label="Who this is" className="border-line px-4 pt-[18px] sm:px-6 lg:border-r">
        <div className="flex items-start gap-2">
          <div className="min-w-0 grow">
            <Who contact={contact} />
          </div>
          {order}
        </div>
        <FactsWithAttributes contact={contact} />
        {(mayWrite || can("privacy:write")) && (
          <div className="mt-3 flex gap-2">
            {mayWrite && (
              <Button
                size="row"
                icon={<Pencil aria-hidden="true" />}
                keys="e"
                onClick={() => setWanted({ edit: true })}
              >
                Edit
              </Button>
            )}
            <PersonMenu contact={contact} />
          </div>
        )}
      </section>
      {/* On a phone what happened comes before why the score is what it is. */}
      <div className="border-line px-4 pb-6 max-lg:order-last sm:px-6 lg:col-start-1 lg:border-r [&>section]:mt-3.5 [&>section]:border-t [&>section]:border-line [&>section]:pt-3">
        <ScoreBlock contact={contact} mayConfigure={can("contacts:configure")} />
        <OpenTasks contactId={contact.id} />
        {isSettled && (
          <Suspense fallback={null}>
            <ConsentPanel contactId={contact.id} />
          </Suspense>
        )}
        <EngagementList engagement={contact.engagement} />
        <SegmentsOf contactId={contact.id} />
        <Identities contact={contact} mayWrite={mayWrite} />
      </div>
      <div className="min-w-0 max-w-[920px] px-4 pt-4 pb-10 sm:px-6 lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <div className="mb-3 flex flex-wrap-reverse items-end gap-x-4 gap-y-2">
          <div className="min-w-0 grow basis-80">
            <Tabs
              label="What happened"
              panelId="time-line"
              tabs={tabs.map((each) => withCount(each, activity))}
              value={chosen.id}
              onChange={(id) =>
                setWanted({ tab: tabs.find((each) => each.id === id && id !== "everything")?.id ?? null })
              }
            />
          </div>
          {mayWrite && (
            <div className="flex gap-2">
              <Button keys="n" onClick={() => setWriting("note")}>
                Note
              </Button>
              <Button keys="t" onClick={() => setWriting("task")}>
                Task
              </Button>
            </div>
          )}
        </div>
        <Suspense fallback={null}>
          {writing === "note" && <NoteForm key={contact.id} contactId={contact.id} onClose={() => setWriting(null)} />}
          {writing === "task" && (
            <TaskForm
              key={contact.id}
              className="mb-3 rounded-lg border border-line bg-surface p-3"
              contactId={contact.id}
              onClose={() => setWriting(null)}
            />
          )}
          {edit && mayWrite && <EditDrawer contact={contact} onClose={() => setWanted({ edit: null })} />}
        </Suspense>
        <TabPanel id="time-line" value={chosen.id}>
          {activity && (
            <Suspense fallback={null}>
              <ActivityStrip activity={activity} contactId={contact.id} kind={chosen.kind} />
            </Suspense>
          )}
          <Timeline contactId={contact.id} kind={chosen.kind} empty={chosen.empty} />
        </TabPanel>
      </div>
    </div>
  );
}

/** How many lines stand under a tab; a number that was not counted to its end says so. */
function withCount({ id, label, kind }: (typeof tabs)[number], activity: Activity | undefined) {
  const counted = (activity?.kinds ?? []).filter((each) => kind === null || each.kind === kind);
  const count = counted.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return { id, label };
  if (!counted.some(({ isMore }) => isMore)) return { id, label, count };
  return {
    id,
    label: (
      <>
        {label} <span className="num text-soft">{count}+</span>
      </>
    ),
  };
}

function FactsWithAttributes({ contact }: { contact: Contact }) {
  const { tenantUuid } = useSignedIn();
  const attributes = useQuery({
    ...attributesQuery(tenantUuid),
    enabled: Object.keys(contact.attributes).length > 0,
  });
  return <Facts contact={contact} attributes={attributes.data?.items ?? []} />;
}

/** What was promised to this person and is not kept yet. */
function OpenTasks({ contactId }: { contactId: string }) {
  const { tenantUuid } = useSignedIn();
  const tasks = useInfiniteQuery(tasksQuery(tenantUuid, { state: "open", contact: contactId }));
  const open = itemsOf(tasks.data);
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="open-tasks">
      <h2 id="open-tasks" className="mb-0.5">
        To do
      </h2>
      <Suspense fallback={null}>
        <TaskList tasks={open} label="To do for this contact" hasContacts={false} />
      </Suspense>
    </section>
  );
}

/** The contacts before and after this one, in the list as it was left. */
function useNeighbours(id: string) {
  const router = useRouter();
  const [order, setOrder] = useState<ListOrder>({ ids: [], search: "" });
  useEffect(() => setOrder(readOrder()), []);
  const at = order.ids.indexOf(id);
  const [before, after] = [at > 0 ? order.ids[at - 1] : undefined, at >= 0 ? order.ids[at + 1] : undefined];
  const commands = useMemo<Command[]>(() => {
    const go = (to: string | undefined) => () => to && router.push(`/contacts/${to}` as Route);
    return [
      ...(before
        ? [{ id: "contact.previous", label: "The contact before", keys: "[", scope: "contact", run: go(before) }]
        : []),
      ...(after
        ? [{ id: "contact.next", label: "The next contact", keys: "]", scope: "contact", run: go(after) }]
        : []),
      {
        id: "contact.back",
        label: "Back to the list",
        keys: "u",
        scope: "contact",
        run: () => router.push(`/contacts${order.search}` as Route),
      },
    ];
  }, [before, after, order.search, router]);
  useCommands(commands);
  if (at < 0 || order.ids.length < 2) return null;
  return (
    <span className="flex flex-none max-sm:hidden">
      <IconButton
        label="The contact before"
        keys="["
        size="row"
        disabled={!before}
        onClick={() => before && router.push(`/contacts/${before}` as Route)}
      >
        <ArrowLeft aria-hidden="true" />
      </IconButton>
      <IconButton
        label="The next contact"
        keys="]"
        size="row"
        disabled={!after}
        onClick={() => after && router.push(`/contacts/${after}` as Route)}
      >
        <ArrowRight aria-hidden="true" />
      </IconButton>
    </span>
  );
}
