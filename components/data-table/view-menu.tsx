"use client";

import { Bookmark } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { SavedView, ViewStore } from "./views";

export default function ViewMenu({
  store,
  now,
  onApply,
}: {
  store: ViewStore;
  now: Omit<SavedView, "id" | "name">;
  onApply: (view: SavedView) => void;
}) {
  const [views, setViews] = useState<SavedView[]>([]);
  const [isNaming, setNaming] = useState(false);
  const reload = () => void store.list().then(setViews);
  useEffect(reload, [store]);

  const remove = (view: SavedView) =>
    void store.remove(view.id).then(() => {
      reload();
      toast({ text: `View “${view.name}” removed`, onUndo: () => void store.save(view).then(reload) });
    });

  const items: MenuItem[] = [
    { kind: "label", label: views.length > 0 ? "Your views of this table" : "No view saved yet" },
    ...views.map((view): MenuItem => ({ label: view.name, onSelect: () => onApply(view) })),
    { kind: "line" },
    { label: "Save what is seen as a view", onSelect: () => setNaming(true) },
    ...views.map((view): MenuItem => ({ label: `Remove “${view.name}”`, tone: "bad", onSelect: () => remove(view) })),
  ];
  return (
    <>
      <Menu
        label="Views"
        align="end"
        startsOpen
        items={items}
        trigger={
          <IconButton label="Saved views" size="row">
            <Bookmark aria-hidden="true" />
          </IconButton>
        }
      />
      <Dialog
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        title="Save this view"
        says="Columns, density, order and filters come back together. Kept in this browser."
        width="small"
      >
        <Form
          shape={{
            safeParse: (values) => {
              const name = String((values as { name?: unknown }).name ?? "").trim();
              return name
                ? { success: true }
                : {
                    success: false,
                    error: { issues: [{ path: ["name"], message: "Give it a name you will know it by." }] },
                  };
            },
          }}
          onSubmit={async (values) => {
            await store.save({ ...now, id: crypto.randomUUID(), name: String(values.name).trim() });
            reload();
            setNaming(false);
            toast({ text: `View “${String(values.name).trim()}” saved` });
          }}
        >
          <Field name="name" label="Name">
            <Input autoComplete="off" autoFocus maxLength={60} />
          </Field>
          <FormActions className="justify-end">
            <Button onClick={() => setNaming(false)}>Cancel</Button>
            <SubmitButton>Save view</SubmitButton>
          </FormActions>
        </Form>
      </Dialog>
    </>
  );
}
