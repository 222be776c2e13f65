import { getToken } from "next-auth/jwt";
import { env, publicUrl } from "@/lib/env";

/** Behind https the cookie is bound to the host by its name; on a newcomer's http://localhost it cannot be. */
export const isSecure = () => publicUrl().startsWith("https://");
export const sessionCookie = () => (isSecure() ? "__Host-sid" : "sid");

/**
 * The cookie is next-auth's encrypted token; all it says is the secret of a session row. What counts is the row, which
 * is looked at with every request.
 */
export async function readSessionToken(headers: Headers): Promise<string | null> {
  const name = sessionCookie();
  if (!headers.get("cookie")?.includes(`${name}=`)) return null;
  const claims = await getToken({
    req: { headers },
    secret: env.AUTH_SECRET,
    cookieName: name,
    salt: name,
    secureCookie: isSecure(),
  }).catch(() => null);
  return typeof claims?.sid === "string" ? claims.sid : null;
}
