import { NewTaskRequest, Task, TaskList, TaskQuery } from "@/lib/domain/contacts/task-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createTask, listTasks } from "@/lib/services/contacts/tasks";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists tasks: open ones by the day they are due, all or done ones newest first.",
    needs: "contacts:read",
    gate: caller,
    query: TaskQuery,
    answer: TaskList,
    handle: async ({ ctx, query }) => listTasks(ctx, query),
  }),
  POST: route({
    says: "Makes a task, about a contact or not. Without an assignee it is given to the person who makes it.",
    needs: "contacts:write",
    gate: caller,
    body: NewTaskRequest,
    answer: Task,
    status: 201,
    handle: async ({ ctx, body }) => createTask(ctx, body),
  }),
});
