import { execFile } from "node:child_process";
import { createServer, type Server } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

/** What the repairs of the driver are for, seen from outside: a database that goes away must never take the process along. */
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((socket) => {
    let asked = 0;
    socket.on("error", () => {});
    socket.on("data", () => {
      asked += 1;
      if (asked === 1) socket.write(Buffer.concat([message("R", word(0)), message("Z", Buffer.from("I"))]));
      // The second thing that a new connection says is its question about types.
      else socket.end(message("E", Buffer.from("SFATAL\0C57P01\0Mterminating connection\0\0")));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as { port: number }).port;
});
afterAll(() => {
  server.close();
});

it("a connection that is cut while it asks for its types refuses the query and nothing else", async () => {
  const program = `
    import postgres from "postgres";
    const sql = postgres("postgres://a:b@127.0.0.1:${port}/c", { max: 1, connect_timeout: 5 });
    await sql\`select 1\`.then(() => console.log("answered"), (error) => console.log("refused", error.code));
    await new Promise((later) => setTimeout(later, 50));
    console.log("alive");
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    timeout: 20_000,
  });
  expect(stdout).toBe("refused 57P01\nalive\n");
}, 30_000);

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
const message = (kind: string, body: Buffer) => Buffer.concat([Buffer.from(kind), word(body.length + 4), body]);
