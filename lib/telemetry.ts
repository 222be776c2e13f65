import { env } from "@/lib/env";

/**
 * OpenTelemetry, only where an endpoint is configured; nothing is loaded and nothing leaves the machine otherwise. Next
 * makes its own spans for pages and routes once a provider is registered.
 */
export async function startTelemetry(): Promise<{ stop(): Promise<void> } | null> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT) return null;
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const sdk = new NodeSDK({
    serviceName: env.OTEL_SERVICE_NAME,
    traceExporter: new OTLPTraceExporter({ url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`, timeoutMillis: 5000 }),
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
