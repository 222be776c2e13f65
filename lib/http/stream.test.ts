import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/kernel/errors";
import type { Gate } from "./gates";
import { route } from "./route";

const anybody = Object.assign(async () => ({ ctx: {}, counted: "test:stream" }), {
  says: { session: false, key: false, platform: false },
}) as Gate<object>;
const segment = { params: Promise.resolve({}) };

const countBytes = route({
  says: "Counts the bytes.",
  gate: anybody,
  body: "stream",
  bodyLimit: 1_000,
  answer: z.strictObject({ bytes: z.number(), chunks: z.number() }),
  handle: async ({ body }) => {
    let [bytes, chunks] = [0, 0];
    for await (const chunk of body) {
      bytes += chunk.length;
      chunks += 1;
    }
    return { bytes, chunks };
  },
});

function streamed(chunks: number, size: number, taken?: { count: number }): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= chunks) return controller.close();
      sent += 1;
      if (taken) taken.count += 1;
      controller.enqueue(new Uint8Array(size));
    },
  });
}
const send = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  countBytes(
    new Request("http://localhost/api/v1/test", {
      method: "POST",
      body,
      headers: { "content-type": "text/csv", ...headers },
      duplex: "half",
    } as RequestInit),
    segment,
  );

describe("a body that is handed on as it comes", () => {
  it("comes in its chunks", async () => {
    expect(await (await send(streamed(4, 100))).json()).toEqual({ bytes: 400, chunks: 4 });
    expect(await (await send(null)).json()).toEqual({ bytes: 0, chunks: 0 });
  });

  it("is refused with 413 once it is longer than announced possible, and the rest is let run out", async () => {
    const taken = { count: 0 };
    const response = await send(streamed(40, 100, taken));
    expect(response.status).toBe(413);
    expect(taken.count).toBe(40);
    expect((await send("x", { "content-length": "1001" })).status).toBe(413);
  });

  it("is refused with 415 unless it is called a file", async () => {
    for (const type of ["application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
      expect((await send("x", { "content-type": type })).status, type).toBe(415);
    for (const type of ["text/csv; charset=utf-8", "application/octet-stream", "application/vnd.ms-excel"])
      expect((await send("x", { "content-type": type })).status, type).toBe(200);
  });

  it("keeps no promise of an Idempotency-Key", async () => {
    const response = await send("x", { "idempotency-key": "once" });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ reason: "bad_idempotency_key" });
  });

  it("lets a refusal of the verb through as it is", async () => {
    const refuses = route({
      says: "Refuses.",
      gate: anybody,
      body: "stream",
      answer: z.strictObject({}),
      handle: async ({ body }) => {
        for await (const _ of body) throw new AppError("invalid_input", "Row 3 holds a NUL byte.");
        return {};
      },
    });
    const request = new Request("http://localhost/api/v1/test", {
      ...{ method: "POST", body: "a", headers: { "content-type": "text/csv" } },
    });
    const response = await refuses(request, segment);
    expect(response.status).toBe(422);
    expect((await response.json()).detail).toBe("Row 3 holds a NUL byte.");
  });
});

describe("a file that goes out", () => {
  const giving = (name: string) =>
    route({
      says: "Gives a file.",
      gate: anybody,
      answer: "file",
      handle: async () => ({
        name,
        contentType: "application/zip",
        chunks: (async function* () {
          yield "text ";
          yield new Uint8Array([98, 121, 116, 101, 115]);
        })(),
      }),
    });

  it("has its type, its name and its bytes", async () => {
    const response = await giving("contacts.zip")(new Request("http://localhost/x"), segment);
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="contacts.zip"');
    expect(await response.text()).toBe("text bytes");
  });

  it("is called what it is called in every alphabet, and nothing breaks out of the header", async () => {
    const response = await giving('Kliyan "2026"\r\nx: é (1).csv')(new Request("http://localhost/x"), segment);
    const header = response.headers.get("content-disposition") ?? "";
    expect(header).toContain('filename="Kliyan _2026___x: _ (1).csv"');
    expect(header).toContain("filename*=UTF-8''Kliyan%20%222026%22%0D%0Ax%3A%20%C3%A9%20%281%29.csv");
  });
});
