import { z } from "zod";
import { channels } from "@/lib/domain/channels/vocabulary";
import type { PreferenceChange } from "@/lib/domain/consent/preferences";
import { linkDoor, seeOther } from "@/lib/http/link-door";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { wireId } from "@/lib/kernel/wire";
import { changePreferences } from "@/lib/services/consent/preferences";

export const dynamic = "force-dynamic";

/** One change of the preference centre: every button of the page is a form of its own, so it works without a script. */
export const POST = linkDoor("preferences", async ({ ctx, link }, form, token) => {
  const changed = await changePreferences(ctx, link, readChange(form));
  const said = changed?.undo ? `?saved=${encodeURIComponent(JSON.stringify(changed.undo))}` : "?saved=1";
  return seeOther(`/preferences/${token}${said}`);
});

export async function GET(_: Request, segment: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await segment.params;
  return seeOther(`/preferences/${encodeURIComponent(token)}`);
}

const Channels = z.array(z.enum(channels)).min(1).max(channels.length);

function readChange(form: URLSearchParams): PreferenceChange {
  const isOn = form.get("is_on") === "1";
  const kind = form.get("change");
  if (kind === "nothing") return { kind };
  if (kind === "channels") {
    const named = Channels.safeParse((form.get("channels") ?? "").split(","));
    if (!named.success) throw invalid("/channels", "There is no such channel.");
    return { kind, channels: named.data, isOn };
  }
  if (kind === "topic") {
    const topicId = wireId("topic").safeParse(form.get("topic"));
    if (!topicId.success) throw notFound("topic");
    return { kind, topicId: topicId.data, isOn };
  }
  throw new AppError("invalid_input", "This form is not one of ours.", {
    faults: [{ pointer: "/change", message: "must be channels, topic or nothing" }],
  });
}
