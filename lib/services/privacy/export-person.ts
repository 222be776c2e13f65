import { resolveContact } from "@/db/queries/consent/load-reachable";
import { changeExport, findExport, insertExport, lockExport } from "@/db/queries/imports/exports";
import { deletePieces } from "@/db/queries/imports/file-pieces";
import { personExportRequested } from "@/lib/domain/privacy/events";
import type { PersonExport } from "@/lib/domain/privacy/shapes";
import { csvRow } from "@/lib/kernel/csv";
import { notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { addMs } from "@/lib/kernel/time";
import { type Context, read, requireFreshProof, requireScope, transaction } from "../context";
import { exportLifeMs, storeFile } from "../imports/export-files";
import { personTables } from "../registry";

/** Asks for a file with all that is known of one person. It is written in the background and kept for a day. */
export async function requestPersonExport(ctx: Context, contactId: string): Promise<PersonExport> {
  requireScope(ctx, "privacy:write");
  requireFreshProof(ctx);
  return transaction(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    const now = tx.now();
    const row = await insertExport(tx.db, tx.tenantId, {
      ...{ id: uuidv7(now.getTime()), kind: "person", fileName: `person-${now.toISOString().slice(0, 10)}.zip` },
      ...{ contentType: "application/zip", scope: {}, contactId: id, createdByName: tx.actor.name },
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      ...{ expiresAt: addMs(now, exportLifeMs), createdAt: now },
    });
    await tx.publish(personExportRequested, { exportId: row.id });
    await tx.audit({
      action: "person.exported",
      subject: { kind: "contact", id, name: "Contact" },
      after: { exportId: row.id },
    });
    return { id: row.id, fileName: row.fileName, state: row.state, expiresAt: row.expiresAt };
  });
}

export type PersonFile = { name: string; text: string };

/** Everything of one person in one look, as files: a JSON for programs, a table each for people, and what they are. */
export async function gatherPerson(ctx: Context, exportId: string): Promise<PersonFile[] | null> {
  requireScope(ctx, "privacy:read");
  return read(ctx, async (tx) => {
    const contactId = await findSubject(ctx, exportId);
    if (!contactId || !(await resolveContact(tx.db, tx.tenantId, contactId))) return null;
    const data: Record<string, Record<string, unknown>[]> = {};
    const told: string[] = [];
    for (const { table, holds, export: handOut } of personTables()) {
      if (typeof handOut !== "function") {
        told.push(`${table}: ${holds}. Not in this file, because ${handOut.left}.`);
        continue;
      }
      data[table] = (await handOut(tx, contactId)).map(asOnTheWire);
      told.push(`${table}: ${holds}. ${data[table].length === 1 ? "1 row" : `${data[table].length} rows`}.`);
    }
    const day = tx.now().toISOString();
    const head = `Everything that is kept of one person, as of ${day}.\r\n\r\n`;
    const how = "data.json holds all of it for programs; each .csv file holds one table for people.\r\n\r\n";
    return [
      { name: "README.txt", text: `${head}${how}${told.join("\r\n")}\r\n` },
      { name: "data.json", text: JSON.stringify({ exported_at: day, ...data }, null, 2) },
      ...Object.entries(data).map(([table, rows]) => ({ name: `${table}.csv`, text: toCsv(rows) })),
    ];
  });
}

async function findSubject(ctx: Context, exportId: string): Promise<string | null> {
  return read(ctx, async (tx) => (await findExport(tx.db, tx.tenantId, exportId))?.contactId ?? null);
}

function asOnTheWire(row: Record<string, unknown>): Record<string, unknown> {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value]));
}

function toCsv(rows: Record<string, unknown>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return "";
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return "";
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return [names, ...rows.map((row) => names.map((name) => cell(row[name])))].map((cells) => csvRow(cells)).join("");
}

/** Keeps the finished file, whole or not at all: a second run replaces what a first one left. */
export async function storePersonFile(ctx: Context, exportId: string, pieces: readonly Uint8Array[]): Promise<boolean> {
  requireScope(ctx, "privacy:write");
  return transaction(ctx, async (tx) => {
    const row = await lockExport(tx.db, tx.tenantId, exportId);
    if (row?.kind !== "person" || (row.state !== "waiting" && row.state !== "running")) return false;
    await deletePieces(tx.db, tx.tenantId, exportId);
    for (const [seq, bytes] of pieces.entries()) await storeFile(tx, exportId, seq, bytes);
    const now = tx.now();
    await changeExport(tx.db, tx.tenantId, exportId, { state: "done", rows: 1, done: 1, endedAt: now }, now);
    return true;
  });
}
