import { Zip, ZipDeflate } from "fflate";

export type ZipEntry = { name: string; chunks: AsyncIterable<string | Uint8Array> };

/** Of one archive, without the extension that larger ones would need. */
const largestBytes = 4 * 2 ** 30 - 1;
const mostEntries = 65_535;
/** What is handed to the compressor at a time: it works without pause, and other requests wait for it. */
const sliceBytes = 256 * 1_024;

/**
 * An archive as it grows: entries are read one after the other, and only when the reader of the archive wants more, so a
 * slow reader fills no memory. A reader that goes away ends the entry that is being read.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>, at?: Date): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | null = null;
  let bytes = 0;
  const archive = new Zip((error, chunk) => {
    failure ??= error;
    if (chunk && chunk.length > 0) ready.push(chunk);
  });
  function* drain(): Generator<Uint8Array> {
    if (failure) throw failure;
    for (const chunk of ready.splice(0)) {
      bytes += chunk.length;
      if (bytes > largestBytes) throw new RangeError("The archive would be larger than 4 GiB.");
      yield chunk;
    }
  }

  const names = new Set<string>();
  for await (const { name, chunks } of entries) {
    if (names.size >= mostEntries) throw new RangeError(`An archive holds at most ${mostEntries} files.`);
    const file = new ZipDeflate(freeName(safeEntryName(name), names), { level: 6 });
    if (at) file.mtime = at;
    archive.add(file);
    let written = 0;
    for await (const chunk of encoded(chunks)) {
      written += chunk.length;
      if (written > largestBytes) throw new RangeError("A file of the archive would be larger than 4 GiB.");
      for (let from = 0; from < chunk.length; from += sliceBytes) {
        file.push(chunk.subarray(from, from + sliceBytes));
        yield* drain();
      }
    }
    file.push(new Uint8Array(0), true);
    yield* drain();
  }
  archive.end();
  yield* drain();
}

/** A name that stays inside the folder where somebody unpacks: no way up, no root, no drive, nothing unseen. */
export function safeEntryName(name: string): string {
  const parts = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .split(/[\\/]+/)
    .map((part) => part.replace(/[:*?"<>|]/g, "-").replace(/^[\s.]+|[\s.]+$/g, ""))
    .filter((part) => part !== "")
    .map((part) => part.slice(-120));
  return parts.slice(-8).join("/") || "file";
}

function freeName(name: string, names: Set<string>): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > name.lastIndexOf("/") + 1 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let free = name;
  // Many systems know no difference between upper and lower case.
  for (let number = 2; names.has(free.toLowerCase()); number++) free = `${stem} (${number})${ending}`;
  names.add(free.toLowerCase());
  return free;
}

/** Texts as UTF-8. A character outside the basic plane may be cut between two chunks: its first half waits for the second. */
async function* encoded(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let half = "";
  for await (const chunk of chunks) {
    if (typeof chunk !== "string") {
      if (half !== "") yield encoder.encode(half);
      half = "";
      yield chunk;
      continue;
    }
    const text = half + chunk;
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : "";
    yield encoder.encode(half === "" ? text : text.slice(0, -1));
  }
  if (half !== "") yield encoder.encode(half);
}
