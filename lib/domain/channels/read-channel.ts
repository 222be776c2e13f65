import { type Channel, channels } from "./vocabulary";

/** Earlier callers say these; all of them are read, none is written. */
const aliases: Record<string, Channel> = { x: "twitter", messenger: "facebook", web_chat: "chat", webchat: "chat" };

/** A channel in any case and under its other names, or null. */
export function readChannel(text: string): Channel | null {
  const word = text.trim().toLowerCase().replaceAll("-", "_").replaceAll(" ", "_");
  const known = channels.find((channel) => channel === word);
  return known ?? (Object.hasOwn(aliases, word) ? (aliases[word] ?? null) : null);
}
