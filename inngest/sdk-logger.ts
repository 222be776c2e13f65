import { log } from "@/lib/log";

/** What the SDK and functions say goes into our log: as fields and a message, whichever way round they are given. */
const say =
  (level: "debug" | "info" | "warn" | "error") =>
  (...args: unknown[]) => {
    const message = args.filter((arg) => typeof arg === "string").join(" ");
    const fields = Object.assign({}, ...args.map(fieldsOf)) as Record<string, unknown>;
    log()[level]({ source: "inngest", ...fields }, message);
  };

function fieldsOf(arg: unknown): Record<string, unknown> {
  if (arg instanceof Error) return { error: arg };
  if (typeof arg !== "object" || arg === null) return {};
  const { err, ...rest } = arg as { err?: unknown };
  return err === undefined ? rest : { ...rest, error: err };
}

/** A function that fails is the run's business, and stands there with its reason: the log tells it to whoever looks closer. */
export const sdkLogger = { debug: say("debug"), info: say("debug"), warn: say("warn"), error: say("info") };
