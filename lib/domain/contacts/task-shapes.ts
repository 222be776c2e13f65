import { z } from "zod";
import { listOf, listQuery, wireId, wireLine, wireMetadata, wireTenant, wireTime } from "@/lib/kernel/wire";

const metadata = z.record(z.string(), z.json()).nullable();

/** A note may have paragraphs. */
const noteText = z.string().trim().min(1, "must not be empty").max(10_000);

export const Note = z.strictObject({
  id: wireId("note"),
  contactId: wireId("contact"),
  text: z.string(),
  author: z.strictObject({ id: wireId("person").nullable(), name: z.string() }),
  metadata,
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Note = z.output<typeof Note>;
export const NoteList = listOf(Note);
export const NewNoteRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  text: noteText,
  metadata: wireMetadata.optional(),
});
export const NoteChanges = z.strictObject({ text: noteText });

export const Task = z.strictObject({
  id: wireId("task"),
  contact: z.strictObject({ id: wireId("contact"), name: z.string() }).nullable(),
  title: z.string(),
  dueAt: wireTime.nullable(),
  doneAt: wireTime.nullable(),
  isOverdue: z.boolean(),
  assignee: z.strictObject({ id: wireId("person"), name: z.string() }).nullable(),
  metadata,
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Task = z.output<typeof Task>;
export const TaskList = listOf(Task);

export const NewTaskRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  title: wireLine(200),
  contactId: wireId("contact").nullable().optional(),
  dueAt: wireTime.nullable().optional(),
  assigneeId: wireId("person").nullable().optional(),
  metadata: wireMetadata.optional(),
});
export const TaskChanges = z.strictObject({
  title: wireLine(200).optional(),
  dueAt: wireTime.nullable().optional(),
  assigneeId: wireId("person").nullable().optional(),
  isDone: z.boolean().optional(),
});

const flag = z.enum(["true", "false"]);
/** `mine` is what is given to the caller; `overdue` is open and due before now. Both mean nothing where they are false. */
export const TaskQuery = z.strictObject({
  ...listQuery.shape,
  state: z.enum(["open", "done"]).optional(),
  mine: flag.optional(),
  overdue: flag.optional(),
  contact: wireId("contact").optional(),
});
export type TaskQuery = z.output<typeof TaskQuery>;
