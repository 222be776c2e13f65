import { z } from "zod";

/**
 * Reads and checks the environment once. Nothing else touches process.env, so this file is the whole list of what the
 * product can be told from outside; `.env.example` says each in a sentence and a test keeps the two equal.
 */
const text = z.string().trim().min(1);
const flag = z
  .enum(["0", "1", "true", "false", ""])
  .default("0")
  .transform((v) => v === "1" || v === "true");
const webAddress = z.url({ protocol: /^https?$/ }).transform((v) => v.replace(/\/+$/, ""));
const postgresAddress = z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres://");

const Environment = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: text.default("127.0.0.1"),
  PUBLIC_URL: webAddress.optional(),
  DATA_DIR: text.default(".data"),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),

  DATABASE_URL: postgresAddress,
  DATABASE_APP_URL: postgresAddress.optional(),
  DATABASE_GATE_URL: postgresAddress.optional(),
  DATABASE_WORKER_URL: postgresAddress.optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  /** Set by the start script, never by hand: "1" where the database is the embedded one. */
  DATABASE_EMBEDDED: flag,

  AUTH_SECRET: z.string().min(32, "needs at least 32 characters (openssl rand -base64 48)"),
  /** `kid:base64(32 bytes)`, comma-separated; the first encrypts, all decrypt. */
  ENCRYPTION_KEYS: z
    .string()
    .regex(
      /^[a-z0-9]{1,16}:[A-Za-z0-9+/]{43}=(,[a-z0-9]{1,16}:[A-Za-z0-9+/]{43}=)*$/,
      "must be kid:base64 of 32 bytes",
    ),
  /** Keys the hashes of suppressed addresses; derived from AUTH_SECRET where it is not given. */
  SUPPRESSION_PEPPER: z.string().min(32, "needs at least 32 characters (openssl rand -base64 48)").optional(),
  AUTH_GOOGLE_ID: text.optional(),
  AUTH_GOOGLE_SECRET: text.optional(),
  AUTH_GITHUB_ID: text.optional(),
  AUTH_GITHUB_SECRET: text.optional(),

  MAIL_FROM: text.default("Madan Sara <no-reply@localhost>"),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must start with smtp:// or smtps://")
    .optional(),
  RESEND_API_KEY: text.optional(),
  RESEND_BASE_URL: webAddress.default("https://api.resend.com"),

  INNGEST_EVENT_KEY: text.optional(),
  INNGEST_SIGNING_KEY: text.optional(),
  INNGEST_SIGNING_KEY_FALLBACK: text.optional(),
  INNGEST_BASE_URL: webAddress.optional(),
  INNGEST_SERVE_ORIGIN: webAddress.optional(),

  API_RATE_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  SAFE_FETCH_ALLOW: z.string().default(""),

  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  METRICS_TOKEN: z.string().min(16).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
  OTEL_SERVICE_NAME: text.default("madan-sara"),
});

export type Env = z.infer<typeof Environment>;

export class BadEnvironment extends Error {}

/** A server that can be told of events but not trusted to call, or the other way round, would lose work in silence. */
function halfAnInngest(env: Env, ctx: z.RefinementCtx): void {
  const { INNGEST_EVENT_KEY: events, INNGEST_SIGNING_KEY: signing, INNGEST_BASE_URL: address } = env;
  const missing = (name: string) =>
    ctx.addIssue({ code: "custom", path: [name], message: "is needed where another INNGEST_ variable is set" });
  if (!events && !signing && !address) return;
  if (!events) missing("INNGEST_EVENT_KEY");
  if (!signing) missing("INNGEST_SIGNING_KEY");
}

/** Throws one error that names every variable at fault and what it should be. */
export function readEnv(source: Record<string, string | undefined>): Env {
  // An empty value in a .env file or a compose file means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.superRefine(halfAnInngest).safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name} ${given[name] === undefined ? "is not set" : issue.message}`;
  });
  throw new BadEnvironment(`The environment is not usable:\n${faults.join("\n")}\nSee .env.example.`);
}

let cached: Env | undefined;

/** Lazily, so that a build or a type check needs no database address. */
export const env: Env = new Proxy({} as Env, {
  get(_, name: keyof Env) {
    cached ??= readEnv(process.env);
    return cached[name];
  },
});

export function publicUrl(): string {
  return env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
}

/**
 * `process.env` asks the operating system with every look. A library that looks through all of it with every request (the
 * functions' SDK does) is given a copy, which costs a fifth of its time less.
 */
export function copyEnvironment(): void {
  // On Windows names are found whatever their case, which a copy would end.
  if (process.platform !== "win32") process.env = { ...process.env };
}
