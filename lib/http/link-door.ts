import type { LinkKind } from "@/lib/domain/consent/link-token";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { failure } from "./failure";
import { type LinkHolder, readLink } from "./link-holder";
import { readBytes } from "./read-json";

type Segment = { params: Promise<{ token: string }> };
const formLimit = 8 * 1024;

/**
 * A door that a form of a public page, or a mail program, knocks at. It takes no cookie and asks for no origin: the signed
 * link in the address is the whole proof, and whoever holds it may do what it says from anywhere.
 */
export function linkDoor(
  kind: LinkKind,
  handle: (holder: LinkHolder, form: URLSearchParams, token: string) => Promise<Response>,
) {
  return async (request: Request, segment: Segment): Promise<Response> => {
    try {
      const { token } = await segment.params;
      const holder = readLink(request, token, kind);
      if (!holder) throw new AppError("not_found", "This link is not one of ours, or it is cut short.");
      const form = readForm(request, await readBytes(request, formLimit));
      return await handle(holder, form, token);
    } catch (error) {
      return failure(error, request.headers.get("x-request-id") ?? `req_${uuidv7()}`);
    }
  };
}

/** Mail programs send the one field of RFC 8058 in either of the two encodings of a form. */
function readForm(request: Request, bytes: Uint8Array): URLSearchParams {
  const text = new TextDecoder().decode(bytes);
  const type = request.headers.get("content-type") ?? "";
  if (/^application\/x-www-form-urlencoded/i.test(type)) return new URLSearchParams(text);
  if (/^multipart\/form-data/i.test(type)) {
    const fields = text.matchAll(/name="([A-Za-z_-]{1,40})"[^\r\n]*\r?\n\r?\n([^\r\n]{0,200})\r?\n/g);
    return new URLSearchParams([...fields].map(([, name = "", value = ""]) => [name, value]));
  }
  return new URLSearchParams();
}

/** Back to a page of ours, by GET. The address is relative, so that no header can name another host. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });
}

/** A page that is seen by mail programs only, and by people without one. */
export function tinyPage(status: number, title: string, says: string): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><p>${says}</p></html>`;
  return new Response(html, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
