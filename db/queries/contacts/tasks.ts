import { and, asc, desc, eq, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members, people } from "@/db/schema/access";
import { contacts, tasks } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

const columns = {
  id: tasks.id,
  contactId: tasks.contactId,
  contactName: contacts.name,
  title: tasks.title,
  dueAt: tasks.dueAt,
  doneAt: tasks.doneAt,
  assigneeId: tasks.assigneeId,
  assigneeName: people.name,
  createdBy: tasks.createdBy,
  metadata: tasks.metadata,
  createdAt: tasks.createdAt,
  updatedAt: tasks.updatedAt,
};

const joined = (db: Db) =>
  db
    .select(columns)
    .from(tasks)
    .leftJoin(contacts, and(eq(contacts.tenantId, tasks.tenantId), eq(contacts.id, tasks.contactId)))
    .leftJoin(people, eq(people.id, tasks.assigneeId));

export type TaskRow = Awaited<ReturnType<typeof listTasks>>[number];

export type TaskFilter = { state?: "open" | "done"; assigneeId?: string; contactId?: string; overdueAt?: Date };

/** A task without a due day comes after all that have one. */
const due = sql`coalesce(${tasks.dueAt}, 'infinity'::timestamptz)`;

/** Open ones by the day they are due; all or done ones newest first. */
export async function listTasks(
  db: Db,
  tenantId: TenantId,
  filter: TaskFilter,
  page: { after?: { due: string; id: string }; beforeId?: string; skip?: number; limit: number },
) {
  const conditions: (SQL | undefined)[] = [
    eq(tasks.tenantId, tenantId),
    filter.state === "open" ? isNull(tasks.doneAt) : undefined,
    filter.state === "done" ? isNotNull(tasks.doneAt) : undefined,
    filter.assigneeId ? eq(tasks.assigneeId, filter.assigneeId) : undefined,
    filter.contactId ? eq(tasks.contactId, filter.contactId) : undefined,
    filter.overdueAt ? lt(tasks.dueAt, filter.overdueAt) : undefined,
    page.after ? sql`(${due}, ${tasks.id}) > (${page.after.due}::timestamptz, ${page.after.id}::uuid)` : undefined,
    page.beforeId ? lt(tasks.id, page.beforeId) : undefined,
  ];
  return joined(db)
    .where(and(...conditions))
    .orderBy(...(filter.state === "open" ? [asc(due), asc(tasks.id)] : [desc(tasks.id)]))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findTask(db: Db, tenantId: TenantId, id: string): Promise<TaskRow | null> {
  const rows = await joined(db).where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, id)));
  return rows[0] ?? null;
}

export async function lockTask(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, id)))
    .for("update");
  return rows[0] ?? null;
}

export async function insertTask(
  db: Db,
  tenantId: TenantId,
  task: {
    id: string;
    contactId: string | null;
    title: string;
    dueAt: Date | null;
    assigneeId: string | null;
    createdBy: string | null;
    createdAt: Date;
    metadata?: unknown;
  },
): Promise<void> {
  await db.insert(tasks).values({ tenantId, ...task, updatedAt: task.createdAt });
}

export async function updateTask(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: Partial<{ title: string; dueAt: Date | null; assigneeId: string | null; doneAt: Date | null }>,
  now: Date,
): Promise<void> {
  await db
    .update(tasks)
    .set({ ...changes, updatedAt: now })
    .where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, id)));
}

export async function deleteTask(db: Db, tenantId: TenantId, id: string): Promise<void> {
  await db.delete(tasks).where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, id)));
}

/** Whether the person belongs to the workspace: nobody else can be given anything. */
export async function findMemberName(db: Db, tenantId: TenantId, personId: string): Promise<string | null> {
  const rows = await db
    .select({ name: people.name })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.tenantId, tenantId), eq(members.personId, personId)));
  return rows[0]?.name ?? null;
}

/** What the person was given and is late with: the earliest, and how many. */
export async function findOverdueTasks(db: Db, tenantId: TenantId, personId: string, now: Date) {
  const rows = await db
    .select({ title: tasks.title, dueAt: tasks.dueAt, count: sql<number>`(count(*) over ())::int` })
    .from(tasks)
    .where(
      and(eq(tasks.tenantId, tenantId), eq(tasks.assigneeId, personId), isNull(tasks.doneAt), lt(tasks.dueAt, now)),
    )
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
    .limit(1);
  const [first] = rows;
  return first?.dueAt ? { count: first.count, title: first.title, dueAt: first.dueAt } : null;
}
