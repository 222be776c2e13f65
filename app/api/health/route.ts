export const dynamic = "force-dynamic";

/** The process lives. Asks nothing else, so that a database's trouble never makes a supervisor kill the process. */
export function GET(): Response {
  const body = { status: "ok", name: "madan-sara", uptime_seconds: Math.floor(process.uptime()) };
  return Response.json(body, { headers: { "cache-control": "no-store" } });
}
