import type { Import } from "@/lib/client/imports";

/** A file that waits to be mapped is opened where that is done. */
export const importAddress = ({ id, state }: Pick<Import, "id" | "state">) =>
  state === "ready" ? `/contacts/import?import=${id}` : `/contacts/imports/${id}`;
