import { linkDoor, seeOther, tinyPage } from "@/lib/http/link-door";
import { unsubscribe } from "@/lib/services/consent/preferences";

export const dynamic = "force-dynamic";

/** The address of the List-Unsubscribe header (RFC 8058): one POST, without a cookie, takes effect at once. */
export const POST = linkDoor("unsubscribe", async ({ ctx, link }, form, token) => {
  if (form.get("List-Unsubscribe") !== "One-Click") {
    return tinyPage(400, "Nothing was changed", "The body must be List-Unsubscribe=One-Click.");
  }
  await unsubscribe(ctx, link);
  if (form.get("from") === "page") return seeOther(`/unsubscribe/${token}`);
  return tinyPage(200, "Unsubscribed", "You are unsubscribed. Nothing else is needed.");
});

/** Scanners follow every link of a letter, so looking never unsubscribes: the page with the button does. */
export async function GET(_: Request, segment: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await segment.params;
  return seeOther(`/unsubscribe/${encodeURIComponent(token)}`);
}
