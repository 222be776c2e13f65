"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { addNote, deleteNote, type TimelineItem } from "@/lib/client/contacts";

const NoteDialog = lazy(() => import("./note-dialog"));

/** The author's way to put a note right or take it back. The server refuses everybody else, and says so. */
export function NoteMenu({ item, contactId }: { item: TimelineItem; contactId: string }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  if (!can("contacts:write")) return <span aria-hidden="true" />;
  const text = item.detail ?? "";
  const refresh = () => client.invalidateQueries({ queryKey: [tenantUuid, "contacts", "timeline", contactId] });
  const tell = (error: unknown) =>
    toast({ tone: "bad", text: error instanceof Error ? error.message : "That did not work. Try again." });
  const remove = async () => {
    try {
      await deleteNote(item.id);
      await refresh();
      toast({ text: "Note deleted", onUndo: () => void addNote(contactId, text).then(refresh, tell) });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <>
      <Menu
        label="Acts for the note"
        align="end"
        trigger={
          <IconButton label="Acts for the note" size="row" className="-my-1">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
        items={[
          { label: "Edit", onSelect: () => setEditing(true) },
          { label: "Delete", tone: "bad", onSelect: () => void remove() },
        ]}
      />
      {isEditing && (
        <Suspense fallback={null}>
          <NoteDialog item={item} onClose={() => setEditing(false)} onSaved={refresh} />
        </Suspense>
      )}
    </>
  );
}
