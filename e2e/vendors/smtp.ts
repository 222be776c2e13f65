import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { certificate, certificateKey } from "./certificate";

/**
 * A mail server on a free port. The recipient's local part asks for a fault: `550@` refused for good, `451@` for now,
 * `full@` refused after the text, `drop@` cut off after the text was taken, `slow@` never answered.
 */
export type SmtpContractServer = {
  url: string;
  received: { from: string; to: string[]; raw: string }[];
  close(): Promise<void>;
};

type Options = { user?: string; pass?: string; offersTls?: boolean };

export async function smtpServer({ user, pass, offersTls = false }: Options = {}): Promise<SmtpContractServer> {
  const received: SmtpContractServer["received"] = [];
  const wantsSignIn = user !== undefined;
  const server = new SMTPServer({
    authOptional: !wantsSignIn,
    // Signing in over plain text is refused by the library unless said here; tests of that path are on this machine only.
    allowInsecureAuth: !offersTls,
    disabledCommands: [...(offersTls ? [] : ["STARTTLS"]), ...(wantsSignIn ? [] : ["AUTH"])],
    disableReverseLookup: true,
    cert: certificate,
    key: certificateKey,
    size: 10 * 1024 * 1024,
    closeTimeout: 100,
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === pass
        ? done(null, { user: auth.username })
        : done(Object.assign(new Error("Invalid username or password"), { responseCode: 535 })),
    onRcptTo: ({ address }, _session, done) => {
      const wish = address.split("@")[0];
      if (wish === "550") return done(Object.assign(new Error("No such user here"), { responseCode: 550 }));
      if (wish === "451") return done(Object.assign(new Error("Try again later"), { responseCode: 451 }));
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const wish = to[0]?.split("@")[0];
        if (wish === "full") return done(Object.assign(new Error("Mailbox full"), { responseCode: 552 }));
        if (wish === "slow") return;
        const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
        received.push({ from, to, raw: Buffer.concat(chunks).toString("utf8") });
        if (wish === "drop") return server.close();
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.server.address() as AddressInfo;
  const signIn = wantsSignIn ? `${encodeURIComponent(user)}:${encodeURIComponent(pass ?? "")}@` : "";
  return {
    url: `smtp://${signIn}127.0.0.1:${port}`,
    received,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
