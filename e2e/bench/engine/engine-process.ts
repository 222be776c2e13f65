import { type ChildProcess, spawn } from "node:child_process";
import { CannotRun } from "../../measure";
import type { Order, Orders } from "./worker";

/** The process in which the engine under measurement runs; it gets its orders one at a time. */
export class EngineProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly said: () => string,
  ) {}

  static async start(file: string, env: Record<string, string>, nodeOptions: string[] = []): Promise<EngineProcess> {
    const { PATH = "", HOME = "" } = process.env;
    const child = spawn(process.execPath, [...nodeOptions, file], {
      env: { PATH, HOME, NODE_ENV: "production", LOG_LEVEL: "silent", ...env },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
    });
    const engine = new EngineProcess(child, () => said);
    await engine.answer(30_000);
    return engine;
  }

  async order<O extends Order>(order: O, ask: Orders[O]["ask"], timeoutMs = 120_000): Promise<Orders[O]["answer"]> {
    this.child.send({ order, ask });
    return (await this.answer(timeoutMs)) as Orders[O]["answer"];
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise<void>((done) => this.child.once("exit", () => done()));
    if (this.child.connected) this.child.send({ order: "stop" });
    const hurry = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(hurry);
  }

  private answer(timeoutMs: number): Promise<unknown> {
    return new Promise((done, failed) => {
      const end = (because: string) => {
        settle();
        failed(new CannotRun(`The engine's process ${because}. It said:\n${this.said().slice(-3000)}`));
      };
      const onMessage = (message: { answer?: unknown; fault?: string }) => {
        if (message.fault !== undefined) return end(`could not do it: ${message.fault}`);
        settle();
        done(message.answer);
      };
      const onExit = () => end("ended");
      const late = setTimeout(() => end(`did not answer within ${timeoutMs / 1000} s`), timeoutMs);
      const settle = () => {
        clearTimeout(late);
        this.child.off("message", onMessage);
        this.child.off("exit", onExit);
      };
      this.child.on("message", onMessage);
      this.child.on("exit", onExit);
    });
  }
}
