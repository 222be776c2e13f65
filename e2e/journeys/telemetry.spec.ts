import { createServer } from "node:http";
import { expect, test } from "@playwright/test";
import { startProduct } from "../server";

const databaseEnv = () =>
  Object.fromEntries(
    ["DATABASE_URL", "AUTH_SECRET", "ENCRYPTION_KEYS", "DATABASE_POOL"].flatMap((name) =>
      process.env[name] ? [[name, process.env[name] ?? ""]] : [],
    ),
  );

test("with a collector configured, traces of requests reach it, and without one nothing is sent", async () => {
  const received: string[] = [];
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString("latin1")}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done));
  const address = collector.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    const product = await startProduct({
      ...databaseEnv(),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_SERVICE_NAME: "madan-sara-under-test",
    });
    await fetch(`${product.url}/sign-in`);
    // A graceful stop hands over what is still held back.
    await product.stop();
    expect(received.some((call) => call.startsWith("POST /v1/traces"))).toBe(true);
    expect(received.join("")).toContain("madan-sara-under-test");

    const before = received.length;
    const silent = await startProduct(databaseEnv());
    await fetch(`${silent.url}/sign-in`);
    await silent.stop();
    expect(received.length).toBe(before);
  } finally {
    collector.close();
  }
});
