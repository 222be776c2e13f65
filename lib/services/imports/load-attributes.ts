import { listDeclared } from "@/db/queries/imports/declared-attributes";
import type { Tx } from "../context";

/** The custom attributes that a column may become. */
export const loadAttributes = (tx: Tx) => listDeclared(tx.db, tx.tenantId);
