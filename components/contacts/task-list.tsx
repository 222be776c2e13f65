"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { Page } from "@/lib/client/access";
import { addTask, changeTask, deleteTask, type Task } from "@/lib/client/contacts";
import { nameOf } from "./contact-name";

const TaskForm = lazy(() => import("./task-form"));

/** Things to do, the most pressing first. Space or the box is "done", and the toast takes it back. */
export function TaskList({
  tasks,
  label,
  hasContacts,
}: {
  tasks: readonly Task[];
  label: string;
  hasContacts: boolean;
}) {
  const { tenantUuid, person, can } = useSignedIn();
  const client = useQueryClient();
  const [editing, setEditing] = useState<Task | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const mayWrite = can("contacts:write");

  const refresh = () => {
    for (const part of ["tasks", "contacts", "needs-you"])
      void client.invalidateQueries({ queryKey: [tenantUuid, part] });
  };
  const tell = (error: unknown) =>
    toast({ tone: "bad", text: error instanceof Error ? error.message : "That did not work. Try again." });
  /** The box answers at once; the list is put in order when the server has answered. */
  const show = (id: string, doneAt: string | null) =>
    client.setQueriesData<InfiniteData<Page<Task>>>({ queryKey: [tenantUuid, "tasks"] }, (data) =>
      data?.pages
        ? {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((task) => (task.id === id ? { ...task, doneAt } : task)),
            })),
          }
        : data,
    );
  const mark = useMutation({
    mutationFn: ({ task, isDone }: { task: Task; isDone: boolean; isUndo?: boolean }) =>
      changeTask(task.id, { isDone }),
    onMutate: ({ task, isDone }) => {
      show(task.id, isDone ? new Date().toISOString() : null);
    },
    onSuccess: (_, { task, isDone, isUndo }) => {
      if (!isUndo)
        toast({
          text: isDone ? `“${task.title}” is done` : `“${task.title}” is open again`,
          onUndo: () => mark.mutate({ task, isDone: !isDone, isUndo: true }),
        });
    },
    onError: (error, { task }) => {
      show(task.id, task.doneAt);
      tell(error);
    },
    onSettled: refresh,
  });
  const remove = async (task: Task) => {
    try {
      await deleteTask(task.id);
      refresh();
      const again = {
        title: task.title,
        dueAt: task.dueAt,
        assigneeId: task.assignee?.id ?? null,
        ...(task.contact ? { contactId: task.contact.id } : {}),
      };
      toast({ text: "Task deleted", onUndo: () => void addTask(again).then(refresh, tell) });
    } catch (error) {
      tell(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target instanceof HTMLInputElement)) return;
    const boxes = [...(list.current?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? [])];
    boxes[boxes.indexOf(event.target) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <ul ref={list} aria-label={label} onKeyDown={onKeyDown} className="divide-y divide-line">
        {tasks.map((task) => (
          <li key={task.id} className="flex min-h-9 items-center gap-2 py-1 text-13">
            <Checkbox
              hideLabel
              label={task.doneAt ? `Open “${task.title}” again` : `“${task.title}” is done`}
              checked={task.doneAt !== null}
              disabled={!mayWrite}
              onChange={(event) => mark.mutate({ task, isDone: event.target.checked })}
            />
            <span className="min-w-0 grow">
              <bdi className={cn("[overflow-wrap:anywhere]", task.doneAt && "text-faint line-through")}>
                {task.title}
              </bdi>
              <span className="flex flex-wrap gap-x-2 text-12 text-soft">
                <Due task={task} />
                {hasContacts && task.contact && (
                  <TextLink href={`/contacts/${task.contact.id}`} look="ink" className="max-w-60 truncate">
                    <bdi>{nameOf({ name: task.contact.name })}</bdi>
                  </TextLink>
                )}
                {task.assignee && task.assignee.id !== person.id && <span>for {task.assignee.name}</span>}
              </span>
            </span>
            {mayWrite && (
              <Menu
                label={`Acts for “${task.title}”`}
                align="end"
                trigger={
                  <IconButton label={`Acts for “${task.title}”`} size="row">
                    <Ellipsis aria-hidden="true" />
                  </IconButton>
                }
                items={[
                  { label: "Edit", onSelect: () => setEditing(task) },
                  { label: "Delete", tone: "bad", onSelect: () => void remove(task) },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      <Dialog isOpen={editing !== null} onClose={() => setEditing(null)} title="Edit the task">
        <Suspense fallback={null}>{editing && <TaskForm task={editing} onClose={() => setEditing(null)} />}</Suspense>
      </Dialog>
    </>
  );
}

function Due({ task }: { task: Task }) {
  if (task.doneAt)
    return (
      <span>
        done <Time at={task.doneAt} />
      </span>
    );
  if (!task.dueAt) return null;
  return (
    <span className={task.isOverdue ? "font-medium text-bad" : ""}>
      {task.isOverdue ? "was due " : "due "}
      <Time at={task.dueAt} />
    </span>
  );
}
