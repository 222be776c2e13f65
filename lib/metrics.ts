import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Prometheus metrics. The registry hangs on globalThis: the server bundle and Next's routes are separate module graphs. */
type Metrics = {
  registry: Registry;
  requests: Counter;
  durations: Histogram;
  inFlight: Gauge;
  calls: Histogram;
  callsInFlight: Gauge;
  runsEnded: Counter;
};

export type ObservedRequest = { route: string; method: string; status: number; seconds: number };

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const labelNames = ["route", "method", "status"] as const;
  return {
    registry,
    requests: new Counter({ name: "http_requests_total", help: "Requests answered.", labelNames, registers }),
    durations: new Histogram({
      name: "http_request_duration_seconds",
      help: "Time from the first byte of the request to the end of the answer.",
      labelNames: ["route", "method"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    inFlight: new Gauge({ name: "http_requests_in_flight", help: "Requests being answered now.", registers }),
    calls: new Histogram({
      name: "engine_call_duration_seconds",
      help: "Time that calls of durable functions took.",
      labelNames: ["function"],
      buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 900],
      registers,
    }),
    callsInFlight: new Gauge({
      name: "engine_calls_in_flight",
      help: "Calls of durable functions going on now.",
      registers,
    }),
    runsEnded: new Counter({
      name: "engine_runs_ended_total",
      help: "Runs of durable functions that this process saw to their end.",
      labelNames: ["function", "status"],
      registers,
    }),
  };
}

export function metrics(): Metrics {
  const shared = globalThis as { __madanMetrics?: Metrics };
  shared.__madanMetrics ??= makeMetrics();
  return shared.__madanMetrics;
}

/** `route` is a pattern (`/api/v1/keys/[id]`), never an address: the number of time series must stay bounded. */
export function observeRequest({ route, method, status, seconds }: ObservedRequest): void {
  const known = knownMethods.has(method) ? method : "other";
  const { requests, durations } = metrics();
  requests.inc({ route, method: known, status: String(status) });
  durations.observe({ route, method: known }, seconds);
}
