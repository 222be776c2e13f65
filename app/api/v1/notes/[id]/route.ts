import { z } from "zod";
import { Note, NoteChanges } from "@/lib/domain/contacts/task-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { changeNote, removeNote } from "@/lib/services/contacts/notes";

const params = z.object({ id: wireId("note") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Changes the text of a note. Only its author, an admin or a key may.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: NoteChanges,
    answer: Note,
    handle: async ({ ctx, params, body }) => changeNote(ctx, params.id, body),
  }),
  DELETE: route({
    says: "Deletes a note. Only its author, an admin or a key may.",
    needs: "contacts:write",
    gate: caller,
    params,
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params }) => removeNote(ctx, params.id),
  }),
});
