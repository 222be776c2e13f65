import { z } from "zod";
import { NewNoteRequest, Note, NoteList } from "@/lib/domain/contacts/task-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery, wireId } from "@/lib/kernel/wire";
import { listNotes, writeNote } from "@/lib/services/contacts/notes";

const params = z.object({ id: wireId("contact") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the notes on a contact, newest first.",
    needs: "contacts:read",
    gate: caller,
    params,
    query: listQuery,
    answer: NoteList,
    handle: async ({ ctx, params, query }) => listNotes(ctx, params.id, query),
  }),
  POST: route({
    says: "Writes a note on a contact.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: NewNoteRequest,
    answer: Note,
    status: 201,
    handle: async ({ ctx, params, body }) => writeNote(ctx, params.id, body),
  }),
});
