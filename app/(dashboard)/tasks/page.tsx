import type { Metadata } from "next";
import { NoEntry } from "@/components/access/no-entry";
import { tasksPageSize, tasksQuery } from "@/lib/client/contacts";
import { TaskList } from "@/lib/domain/contacts/task-shapes";
import { pageMay } from "@/lib/http/page-session";
import { listTasks } from "@/lib/services/contacts/tasks";
import { inside } from "../_parts/inside";
import { asFirstPage, Prefetched } from "../_parts/prefetched";
import { readUrlState } from "../_parts/url-words";
import { Tasks } from "./client";
import { filterFrom, searchParams as urlWords } from "./search-params";

export const metadata: Metadata = { title: "Tasks" };

export default async function TasksPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const { ctx } = await inside();
  if (!pageMay(ctx, "contacts:read")) return <NoEntry room="Tasks" needs="contacts:read" />;
  const given = await searchParams;
  const filter = filterFrom(readUrlState(urlWords, (name) => [given[name]].flat()[0]));
  const tasks = await listTasks(ctx, { ...filter, limit: tasksPageSize });
  return (
    <Prefetched entries={[[tasksQuery(ctx.tenantId, filter).queryKey, asFirstPage(TaskList, tasks)]]}>
      <Tasks />
    </Prefetched>
  );
}
