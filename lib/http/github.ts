import { safeFetch } from "@/lib/providers/safe-fetch";

type Ask = (path: "/user" | "/user/emails") => Promise<unknown>;
type Address = { email: string; primary: boolean; verified: boolean };

/**
 * GitHub lists a person's addresses, each with whether it was verified. next-auth's own reader takes the primary one
 * whether or not it was, and an account under somebody else's unverified address would open theirs here.
 */
export async function readGithubProfile(ask: Ask) {
  const [user, listed] = [await ask("/user"), await ask("/user/emails")];
  const addresses = (Array.isArray(listed) ? listed : []) as Partial<Address>[];
  const vouched = addresses.find(({ primary, verified }) => primary === true && verified === true);
  const email = typeof vouched?.email === "string" ? vouched.email : null;
  return { ...(user as Record<string, unknown>), email, email_verified: email !== null };
}

export function askGithub(accessToken: string): Ask {
  return async (path) => {
    const answer = await safeFetch(`https://api.github.com${path}`, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" },
    });
    if (answer.kind !== "answered" || answer.status !== 200) throw new Error(`GitHub did not tell ${path}.`);
    return JSON.parse(answer.body.toString("utf8"));
  };
}
