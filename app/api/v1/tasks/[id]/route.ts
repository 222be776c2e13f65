import { z } from "zod";
import { Task, TaskChanges } from "@/lib/domain/contacts/task-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { changeTask, removeTask } from "@/lib/services/contacts/tasks";

const params = z.object({ id: wireId("task") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Changes a task: its title, the day it is due, who does it, whether it is done.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: TaskChanges,
    answer: Task,
    handle: async ({ ctx, params, body }) => changeTask(ctx, params.id, body),
  }),
  DELETE: route({
    says: "Deletes a task.",
    needs: "contacts:write",
    gate: caller,
    params,
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params }) => removeTask(ctx, params.id),
  }),
});
