import type { Channel } from "@/lib/domain/channels/vocabulary";

/** What a person may change on their own page, in the words of the form that says it. */
export type PreferenceChange =
  | { kind: "channels"; channels: Channel[]; isOn: boolean }
  | { kind: "topic"; topicId: string; isOn: boolean }
  /** Not even service messages; the way back is to turn a channel on. */
  | { kind: "nothing" };

export type Preferences = {
  workspace: string;
  /** Enough for the person to know that it is theirs, too little for anybody else. */
  address: string | null;
  channels: { channel: Channel; isOn: boolean; isStopped: boolean }[];
  topics: { id: string; name: string; description: string | null; isOn: boolean }[];
};

/** What would put things back as they were before a change. */
export function undoOf(change: PreferenceChange, before: Preferences): PreferenceChange | null {
  if (change.kind === "topic") return { ...change, isOn: !change.isOn };
  if (change.kind === "channels" && change.isOn) return { ...change, isOn: false };
  const named = change.kind === "channels" ? change.channels : before.channels.map((each) => each.channel);
  const were = before.channels.filter((each) => each.isOn && named.includes(each.channel));
  return were.length > 0 ? { kind: "channels", channels: were.map((each) => each.channel), isOn: true } : null;
}

/** `j•••@example.com`, `+509 ••• 56`: the person recognises it. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  return `${address.slice(0, 4)} ••• ${address.slice(-2)}`;
}
