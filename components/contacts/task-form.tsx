"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { addTask, changeTask, type Task } from "@/lib/client/contacts";
import { dayOf, endOfDay } from "./task-days";
import { useOwners } from "./use-owners";

/** A thing to do: for somebody, by the end of a day. For a new one without words nothing is kept. */
export default function TaskForm({
  task,
  contactId,
  onClose,
  className,
}: {
  task?: Task;
  contactId?: string;
  onClose: () => void;
  className?: string;
}) {
  const { tenantUuid, person, workspace } = useSignedIn();
  const client = useQueryClient();
  const owners = useOwners();
  const zone = person.timeZone ?? workspace.timeZone;
  const assigned = task ? (task.assignee?.id ?? "") : person.id;
  return (
    <Form
      className={className}
      shape={{
        safeParse: (values) =>
          String((values as { title?: unknown }).title ?? "").trim()
            ? { success: true }
            : { success: false, error: { issues: [{ path: ["title"], message: "Say what is to be done." }] } },
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
      onSubmit={async (values) => {
        const given = {
          title: String(values.title).trim(),
          dueAt: values.dueAt ? endOfDay(String(values.dueAt), zone) : null,
          assigneeId: String(values.assigneeId ?? "") || null,
        };
        if (task) await changeTask(task.id, given);
        else await addTask({ ...given, ...(contactId ? { contactId } : {}) });
        for (const part of ["tasks", "contacts", "needs-you"])
          void client.invalidateQueries({ queryKey: [tenantUuid, part] });
        onClose();
        toast({ text: task ? "Task saved" : "Task added" });
      }}
    >
      <Field name="title" label="What is to be done">
        <Input dir="auto" defaultValue={task?.title} maxLength={200} autoComplete="off" autoFocus />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field name="dueAt" label="By the end of" optional>
          <Input type="date" defaultValue={task?.dueAt ? dayOf(task.dueAt, zone) : ""} />
        </Field>
        <Field name="assigneeId" label="For">
          {/* The list of people comes a moment later: the choice is made anew with it. */}
          <Select
            key={owners.length}
            placeholder="Anybody"
            defaultValue={assigned}
            choices={owners.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      </div>
      <FormActions className="!mt-0">
        <SubmitButton busyLabel="Saving">{task ? "Save the task" : "Add the task"}</SubmitButton>
        <Button onClick={onClose}>Cancel</Button>
      </FormActions>
    </Form>
  );
}
