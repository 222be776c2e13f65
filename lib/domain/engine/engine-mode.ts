/** Which engine the functions run on: our own over PostgreSQL, or an Inngest server once one is configured. */
export type EngineMode = "embedded" | "inngest";

/** The environment sees to it that an event key never comes without the key that signs. */
export function engineMode(environment: { INNGEST_EVENT_KEY?: string | undefined }): EngineMode {
  return environment.INNGEST_EVENT_KEY ? "inngest" : "embedded";
}
