import { type CellReading, quoted, refused, taken } from "./cell-reading";

export const tagLimits = { tags: 50, characters: 60 } as const;

/** "vip; Nwèl | vip" -> ["vip", "Nwèl"]: each once, whatever its case, in the order of the cell. */
export function readTags(text: string): CellReading<string[]> {
  const tags = new Map<string, string>();
  for (const part of text.split(/[,;|\r\n]/)) {
    const tag = part
      .normalize("NFC")
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim();
    const key = tag.toLowerCase();
    if (tag !== "" && !tags.has(key)) tags.set(key, tag);
  }
  const long = [...tags.values()].find((tag) => tag.length > tagLimits.characters);
  if (long !== undefined)
    return refused(`the tag ${quoted(long)} has ${long.length} characters, at most ${tagLimits.characters} are taken`);
  if (tags.size > tagLimits.tags) return refused(`there are ${tags.size} tags, at most ${tagLimits.tags} are taken`);
  return taken([...tags.values()]);
}
