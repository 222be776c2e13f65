import { AppError } from "@/lib/kernel/errors";
import { tooLarge } from "./read-json";

/** A file as its sender calls it; systems disagree on what a CSV is. */
const types = /^(text\/(csv|tab-separated-values|plain)|application\/(octet-stream|csv|vnd\.ms-excel))\s*(;|$)/i;
/** How long and how much is still read of a body that was refused. */
const drainMs = 10_000;
const drainBytes = 64 * 1024 * 1024;

export type StreamedBody = {
  bytes: AsyncIterable<Uint8Array>;
  /** Reads on without keeping anything, so that the sender comes to read the answer. Its connection may be gone. */
  drain(): Promise<void>;
};

/** The body as it comes: never more than a chunk in memory, and never more than `limit` bytes handed on. */
export function readStream(request: Request, limit: number): StreamedBody {
  if (!types.test(request.headers.get("content-type") ?? "")) {
    throw new AppError(
      "unsupported",
      "Send the file itself: Content-Type must be text/csv or application/octet-stream.",
      {
        reason: "not_a_file",
      },
    );
  }
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const reader = request.body?.getReader();
  let size = 0;
  async function* bytes() {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) return;
      size += next.value.length;
      if (size > limit) throw tooLarge(limit);
      yield next.value;
    }
  }
  return {
    bytes: bytes(),
    async drain() {
      const until = performance.now() + drainMs;
      const most = size + drainBytes;
      try {
        while (reader && performance.now() < until && size < most) {
          const next = await reader.read();
          if (next.done) return;
          size += next.value.length;
        }
        await reader?.cancel();
      } catch {
        // The sender has gone away: there is nobody to read the answer.
      }
    },
  };
}
