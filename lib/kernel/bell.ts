/**
 * "There is something to do": rung after a commit by whoever wrote work into the database, heard by the engine of this
 * process. Only globalThis is shared between the server's module graph and Next's.
 */
const shared = globalThis as { __madanBell?: Set<() => void> };

function listeners(): Set<() => void> {
  shared.__madanBell ??= new Set();
  return shared.__madanBell;
}

/** False where nobody in this process listens: then the work is another's, and has to be told in another way. */
export function ringBell(): boolean {
  for (const hear of listeners()) hear();
  return listeners().size > 0;
}

export function onBell(hear: () => void): () => void {
  listeners().add(hear);
  return () => listeners().delete(hear);
}
