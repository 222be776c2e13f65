"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { TaskList } from "@/components/contacts/task-list";
import { EmptyState } from "@/components/feedback/empty-state";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { Pagination } from "@/components/ui/pagination";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { itemsOf } from "@/lib/client/access";
import { type Task, tasksQuery } from "@/lib/client/contacts";
import { useUrlState } from "../_parts/use-url-state";
import { filterFrom, searchParams } from "./search-params";

const TaskForm = lazy(() => import("@/components/contacts/task-form"));

export function Tasks() {
  const { tenantUuid, can } = useSignedIn();
  const [wanted, setWanted] = useUrlState(searchParams);
  const [isMine, isDone] = [wanted.who === null, wanted.state === "done"];
  const tasks = useInfiniteQuery(tasksQuery(tenantUuid, filterFrom(wanted)));
  const items = itemsOf(tasks.data);
  const mayWrite = can("contacts:write");

  const commands = useMemo<Command[]>(
    () =>
      mayWrite
        ? [
            {
              id: "tasks.new",
              label: "New task",
              keys: "c",
              scope: "tasks",
              icon: <Plus aria-hidden="true" />,
              run: () => setWanted({ new: true }),
            },
          ]
        : [],
    [mayWrite, setWanted],
  );
  useCommands(commands);

  return (
    <Page>
      <PageHead
        title="Tasks"
        actions={
          mayWrite &&
          !wanted.new && (
            <Button
              variant="primary"
              keys="c"
              icon={<Plus aria-hidden="true" />}
              onClick={() => setWanted({ new: true })}
            >
              New task
            </Button>
          )
        }
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <Segmented
          label="Whose tasks"
          value={isMine ? "mine" : "everybody"}
          onChange={(who) => setWanted({ who: who === "mine" ? null : "everybody" })}
          choices={[
            { value: "mine", label: "Mine" },
            { value: "everybody", label: "Everybody's" },
          ]}
        />
        <Segmented
          label="Open or done"
          value={isDone ? "done" : "open"}
          onChange={(state) => setWanted({ state: state === "done" ? "done" : null })}
          choices={[
            { value: "open", label: "Open" },
            { value: "done", label: "Done" },
          ]}
        />
      </div>
      {wanted.new && mayWrite && (
        <Suspense fallback={null}>
          <TaskForm
            className="mb-3 max-w-[640px] rounded-lg border border-line bg-surface p-3"
            onClose={() => setWanted({ new: null })}
          />
        </Suspense>
      )}
      <QueryView
        query={tasks}
        skeleton={<TextSkeleton lines={8} />}
        error={{ title: "The tasks did not load", safe: "Nothing is lost; they are asked for again." }}
        isEmpty={() => items.length === 0}
        empty={<Empty isMine={isMine} isDone={isDone} onNew={mayWrite ? () => setWanted({ new: true }) : undefined} />}
      >
        {() => <Groups tasks={items} isDone={isDone} />}
      </QueryView>
      {tasks.hasNextPage && (
        <Pagination
          kind="more"
          hasMore
          shown={items.length}
          isLoading={tasks.isFetchingNextPage}
          onMore={() => void tasks.fetchNextPage()}
        />
      )}
    </Page>
  );
}

/** What is late stands first, and says so. */
function Groups({ tasks, isDone }: { tasks: readonly Task[]; isDone: boolean }) {
  const groups = isDone
    ? [{ title: "Done", tasks }]
    : [
        { title: "Overdue", tasks: tasks.filter((task) => task.isOverdue) },
        { title: "To do", tasks: tasks.filter((task) => !task.isOverdue) },
      ];
  return (
    <div className="grid max-w-[860px] gap-5">
      {groups
        .filter((group) => group.tasks.length > 0)
        .map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h2 className="mb-1.5 text-13">
              {group.title} <span className="num font-normal text-soft">{group.tasks.length}</span>
            </h2>
            <Panel className="px-2">
              <TaskList tasks={group.tasks} label={group.title} hasContacts />
            </Panel>
          </section>
        ))}
    </div>
  );
}

function Empty({ isMine, isDone, onNew }: { isMine: boolean; isDone: boolean; onNew: (() => void) | undefined }) {
  if (isDone)
    return <EmptyState title="Nothing done yet">What is ticked off comes here, and can be opened again.</EmptyState>;
  return (
    <EmptyState
      title={isMine ? "Nothing waits for you" : "Nothing waits for anybody"}
      action={onNew && <Button onClick={onNew}>Write down the first</Button>}
    >
      A task is a promise to somebody: call back by Friday, send the sample. Press <b>t</b> on a contact and it is tied
      to them.
    </EmptyState>
  );
}
