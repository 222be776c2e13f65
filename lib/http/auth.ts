import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import type { SignInMethod } from "@/lib/domain/access/vocabulary";
import { env, publicUrl } from "@/lib/env";
import { AppError } from "@/lib/kernel/errors";
import { truncateIp } from "@/lib/kernel/ip";
import { log } from "@/lib/log";
import { endSession } from "@/lib/services/access/end-session";
import { finishSignIn } from "@/lib/services/access/second-factor";
import { checkOauth, checkPassword, checkSignInLink, openSession } from "@/lib/services/access/sign-in";
import { callOf } from "./gates";
import { askGithub, readGithubProfile } from "./github";
import { isSecure, readSessionToken, sessionCookie } from "./session-token";

/** What next-auth hands from the sign-in to the token: the secret of the session row, and nothing about the person. */
type SignedIn = { id: string; sid: string; awaitsSecondFactor: boolean };

/** One word for every refusal that must not tell more; waits are told with their seconds. */
class Refused extends CredentialsSignin {
  constructor(code: string) {
    super();
    this.code = code;
  }
}

async function refusalsAsCodes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && (error.code === "rate_limited" || error.code === "unavailable"))
      throw new Refused(`wait_${error.details.retryAfterSeconds ?? 1}`);
    throw error;
  }
}

const text = (value: unknown) => (typeof value === "string" ? value.slice(0, 1024) : "");
/** next-auth rebuilds the request from its parts; only the headers matter to a call. */
const callFrom = (request: Request) => callOf({ method: "POST", url: request.url, headers: request.headers });

async function enter(request: Request, person: { id: string } | null, method: SignInMethod): Promise<SignedIn> {
  if (!person) throw refused(request, method);
  const { token, awaitsSecondFactor } = await openSession(callFrom(request), person.id, method);
  noteEntry(request, { event: "sign_in", way: method, person_id: person.id, awaits_second_factor: awaitsSecondFactor });
  return { id: person.id, sid: token, awaitsSecondFactor };
}

/** Who came in and who was turned away stands in the log, without what was typed: that may be somebody's password. */
function noteEntry(request: Request, entry: Record<string, unknown> & { event: string }): void {
  const { ip, requestId } = callFrom(request);
  log().info({ ...entry, ip: ip && truncateIp(ip), request_id: requestId }, entry.event);
}

function refused(request: Request, way: string): Refused {
  noteEntry(request, { event: "sign_in_refused", way });
  return new Refused("refused");
}

const githubSignIn = () =>
  GitHub({
    clientId: env.AUTH_GITHUB_ID,
    clientSecret: env.AUTH_GITHUB_SECRET,
    userinfo: {
      url: "https://api.github.com/user",
      request: ({ tokens }: { tokens: { access_token?: string } }) =>
        readGithubProfile(askGithub(tokens.access_token ?? "")),
    },
  });

function settings(): NextAuthConfig {
  const name = sessionCookie();
  const oauth = [
    ...(env.AUTH_GOOGLE_ID ? [Google({ clientId: env.AUTH_GOOGLE_ID, clientSecret: env.AUTH_GOOGLE_SECRET })] : []),
    ...(env.AUTH_GITHUB_ID ? [githubSignIn()] : []),
  ];
  return {
    secret: env.AUTH_SECRET,
    // Our own server has already replaced the forwarding headers by what is known to be so.
    trustHost: true,
    basePath: "/api/auth",
    pages: { signIn: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: 30 * 24 * 3600 },
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: {
        name,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() },
      },
    },
    providers: [
      Credentials({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize: (given, request) =>
          refusalsAsCodes(async () => {
            const email = text(given.email);
            const person = await checkPassword(callFrom(request), { email, password: text(given.password) });
            return enter(request, person, "password");
          }),
      }),
      Credentials({
        id: "link",
        credentials: { token: {} },
        authorize: async (given, request) =>
          enter(request, await checkSignInLink(callFrom(request), text(given.token)), "link"),
      }),
      Credentials({
        id: "second-factor",
        credentials: { code: {} },
        authorize: (given, request) =>
          refusalsAsCodes(async () => {
            const half = await readSessionToken(request.headers);
            const whole = half && (await finishSignIn(callFrom(request), half, text(given.code)));
            if (!whole) throw refused(request, "second-factor");
            noteEntry(request, { event: "sign_in", way: "second-factor", person_id: whole.person.id });
            return { id: whole.person.id, sid: whole.token, awaitsSecondFactor: false };
          }),
      }),
      ...oauth,
    ],
    callbacks: {
      /** Own pages only: a link that was mailed or typed by somebody must not lead away from here. */
      redirect: ({ url }) => safeReturn(url, publicUrl()),
      async jwt({ token, user, account, profile }) {
        if (!user || !account) return token;
        const signedIn = user as unknown as Partial<SignedIn>;
        if (signedIn.sid) return { sub: signedIn.id, sid: signedIn.sid };
        const headers = new Headers();
        const call = callOf({ method: "GET", url: publicUrl(), headers });
        const person = await checkOauth(call, {
          provider: account.provider,
          subject: account.providerAccountId,
          email: profile?.email ?? null,
          emailIsVerified: profile?.email_verified === true,
          name: profile?.name ?? null,
        });
        if (!person) throw new Refused("unverified_address");
        const { token: sid } = await openSession(call, person.id, account.provider as SignInMethod);
        log().info({ event: "sign_in", way: account.provider, person_id: person.id }, "sign_in");
        return { sub: person.id, sid };
      },
      session: ({ session }) => session,
    },
    events: {
      async signOut(message) {
        const sid = "token" in message ? message.token?.sid : null;
        if (typeof sid === "string") await endSession(sid);
      },
    },
    logger: {
      error: (error) => {
        // A wrong password is an everyday event, not an error of ours.
        if (error instanceof CredentialsSignin) return;
        log().warn({ error }, "sign-in failed");
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

export function safeReturn(url: string, baseUrl: string): string {
  try {
    const wanted = new URL(url, baseUrl);
    // A blob: address has the origin of whoever made it, and is still no page of ours.
    const isPage = wanted.protocol === "https:" || wanted.protocol === "http:";
    return isPage && wanted.origin === new URL(baseUrl).origin ? wanted.href : baseUrl;
  } catch {
    return baseUrl;
  }
}

let made: ReturnType<typeof NextAuth> | undefined;

/** Made on first use: a build has no environment to read. */
export function auth() {
  made ??= NextAuth(settings());
  return made;
}

/** Which buttons the sign-in page shows. */
export function signInWays(): { google: boolean; github: boolean } {
  return { google: Boolean(env.AUTH_GOOGLE_ID), github: Boolean(env.AUTH_GITHUB_ID) };
}
