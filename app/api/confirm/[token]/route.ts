import { linkDoor, seeOther } from "@/lib/http/link-door";
import { confirmOptIn } from "@/lib/services/consent/confirm-opt-in";

export const dynamic = "force-dynamic";

/** The yes to a letter. A scanner that opens the link has not said it: only the button of the page does. */
export const POST = linkDoor("confirm", async ({ ctx, link }, _, token) => {
  await confirmOptIn(ctx, link);
  return seeOther(`/confirm/${token}`);
});

export async function GET(_: Request, segment: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await segment.params;
  return seeOther(`/confirm/${encodeURIComponent(token)}`);
}
