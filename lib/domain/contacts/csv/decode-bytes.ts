export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof encodings)[number];

export const encodingLabels: Record<Encoding, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  "windows-1252": "Windows-1252",
};

/** How the bytes ended: whole, or at a byte that the encoding does not know. */
export type Decoded = {
  encoding: Encoding;
  bytes: number;
  fault: { kind: "spreadsheet" | "not_text" | "encoding" | "too_large"; message: string } | null;
};

export type DecodeLimits = {
  blockBytes: number;
  /** How much is looked at, from the first letter outside ASCII on, before an encoding is chosen. */
  sample: number;
  maxBytes: number;
};

const signatures: { bytes: number[]; kind: "spreadsheet" | "not_text"; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: "spreadsheet", what: "a spreadsheet file" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: "spreadsheet", what: "a spreadsheet file" },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: "not_text", what: "a PDF" },
  { bytes: [0x1f, 0x8b], kind: "not_text", what: "a compressed file" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: "not_text", what: "a picture" },
  { bytes: [0xff, 0xd8, 0xff], kind: "not_text", what: "a picture" },
];

/**
 * Text of unknown encoding, block by block. Up to the first byte outside ASCII every encoding reads the same, so the
 * choice between UTF-8 and Windows-1252 waits for it: a list whose first accent stands in its last rows is read rightly.
 * Once chosen the encoding stays, and a byte that breaks it ends the text at that place instead of becoming another letter.
 */
export async function* decodeBytes(
  source: AsyncIterable<Uint8Array>,
  { blockBytes, sample, maxBytes }: DecodeLimits,
): AsyncGenerator<string, Decoded> {
  let bytes = 0;
  let isFirst = true;
  let reader: Reader | null = null;
  let pending: Uint8Array = new Uint8Array(0);
  const end = (fault: Decoded["fault"]): Decoded => ({ encoding: reader?.encoding ?? "utf-8", bytes, fault });
  const broken = (): Decoded => end({ kind: "encoding", message: brokenMessages[reader?.encoding ?? "utf-8"] });

  for await (const block of blocksOf(source, blockBytes)) {
    bytes += block.length;
    if (bytes > maxBytes)
      return end({ kind: "too_large", message: `The file is larger than ${Math.floor(maxBytes / 2 ** 20)} MiB.` });
    let rest = block;
    if (isFirst) {
      isFirst = false;
      const known = signatures.find((each) => each.bytes.every((byte, index) => block[index] === byte));
      if (known)
        return end({ kind: known.kind, message: `This is ${known.what}. Save the list as CSV and bring that file.` });
      const mark = markOf(block);
      if (mark) {
        reader = readers[mark.encoding]();
        rest = block.subarray(mark.length);
      }
    }
    if (reader === null) {
      pending = joined(pending, rest);
      rest = pending;
      if (!isAscii(pending)) {
        if (pending.length < blockBytes + sample) continue;
        reader = readers[looksUtf8(pending) ? "utf-8" : "windows-1252"]();
      }
      pending = new Uint8Array(0);
    }
    const part: Part = reader ? reader.read(rest, false) : { text: asciiText(rest), isBroken: false };
    if (part.text !== "") yield part.text;
    if (part.isBroken) return broken();
  }
  reader ??= readers[looksUtf8(pending) ? "utf-8" : "windows-1252"]();
  const last = reader.read(pending, true);
  if (last.text !== "") yield last.text;
  return last.isBroken ? broken() : end(null);
}

const brokenMessages: Record<Encoding, string> = {
  "utf-8": "holds bytes that are not UTF-8, while the rows before are. Save the whole file as UTF-8.",
  "utf-16le": "ends in the middle of a character: the file was cut off.",
  "utf-16be": "ends in the middle of a character: the file was cut off.",
  "windows-1252": "holds bytes that are neither UTF-8 nor Windows-1252. Save the file as UTF-8.",
};

/** Blocks of one size whatever sizes arrive: single bytes cost no more than whole megabytes, and neither costs memory. */
async function* blocksOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let block = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.subarray(from, from + size - filled);
      block.set(taken, filled);
      filled += taken.length;
      from += taken.length;
      if (filled < size) continue;
      yield block;
      block = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

type Part = { text: string; isBroken: boolean };
/** Gives the text up to the first byte that it cannot read. */
type Reader = { encoding: Encoding; read(block: Uint8Array, isLast: boolean): Part };

const readers: Record<Encoding, () => Reader> = {
  "utf-8": utf8Reader,
  "utf-16le": () => utf16Reader("utf-16le"),
  "utf-16be": () => utf16Reader("utf-16be"),
  "windows-1252": windowsReader,
};

function utf8Reader(): Reader {
  // Characters that a block cuts are carried by hand, because a decoder told to stream is several times slower.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let tail: Uint8Array = new Uint8Array(0);
  return {
    encoding: "utf-8",
    read(block, isLast) {
      const all = joined(tail, block);
      const end = isLast ? all.length : wholeCharacters(all);
      tail = all.slice(end);
      const part = all.subarray(0, end);
      try {
        return { text: decoder.decode(part), isBroken: false };
      } catch {
        return { text: decoder.decode(part.subarray(0, readableLength(part))), isBroken: true };
      }
    },
  };
}

function utf16Reader(encoding: "utf-16le" | "utf-16be"): Reader {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let bytes = 0;
  return {
    encoding,
    read(block, isLast) {
      bytes += block.length;
      // Half of a surrogate pair is shown as the replacement character, as everywhere in the product.
      return { text: decoder.decode(block, { stream: !isLast }), isBroken: isLast && bytes % 2 === 1 };
    },
  };
}

/** What Windows-1252 has in place of the controls from 0x80 on; a zero is a byte that it does not use. */
const windowsLetters = [
  ...[0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0],
  ...[0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e],
  0x0178,
];

/** Written out, because runtimes differ in what "windows-1252" does between 0x80 and 0x9f. */
function windowsReader(): Reader {
  return {
    encoding: "windows-1252",
    read(block) {
      let text = "";
      for (let from = 0; from < block.length; from += 8_192) {
        const units: number[] = [];
        for (const byte of block.subarray(from, from + 8_192)) {
          const unit = byte >= 0x80 && byte < 0xa0 ? (windowsLetters[byte - 0x80] ?? 0) : byte;
          if (unit === 0 && byte !== 0) return { text: text + String.fromCharCode(...units), isBroken: true };
          units.push(unit);
        }
        text += String.fromCharCode(...units);
      }
      return { text, isBroken: false };
    },
  };
}

function markOf(block: Uint8Array): { encoding: Encoding; length: number } | null {
  const [first, second, third] = block;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", length: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", length: 2 };
  // Without a mark UTF-16 shows by Latin text: every second byte is zero, and hardly any of the others.
  const zeros = [0, 0];
  for (let at = 0; at < block.length; at++) if (block[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = block.length / 2;
  if (block.length >= 4 && odd > half * 0.4 && even < half * 0.05) return { encoding: "utf-16le", length: 0 };
  if (block.length >= 4 && even > half * 0.4 && odd < half * 0.05) return { encoding: "utf-16be", length: 0 };
  return null;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) > 0x7f) return false;
  return true;
}

const asciiText = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/**
 * Letters of Windows-1252 hardly ever stand so that they read as UTF-8. So a list that is UTF-8 but for a few bytes is
 * UTF-8 with a fault to be told, and not a list in which every accent becomes two wrong letters.
 */
function looksUtf8(bytes: Uint8Array): boolean {
  let [letters, strays] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
    let follows = 0;
    while (follows < more && ((bytes[at + 1 + follows] ?? 0) & 0xc0) === 0x80) follows++;
    if (more > 0 && follows === more) letters++;
    else strays++;
    at += follows;
  }
  return letters >= strays;
}

/** How many bytes from the front hold whole characters: a block may end in the middle of one. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < needed ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The length of the longest beginning that is UTF-8; asked once, when a file is refused. */
function readableLength(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return wholeCharacters(bytes.subarray(0, good));
}
