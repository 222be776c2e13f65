import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { type Arm, type Failpoint, failpoints } from "./failpoints";

/** What a worker is told at birth. */
export type WorkerEnv = {
  PROOF_WORKER: string;
  PROOF_LEASE_MS: string;
  PROOF_URL: string;
};

/** What it is told when its turn comes. */
export type Beginning = { arm: Arm | null; sweepMs: number };

export type Stall = { worker: string; from: number; until: number };

export type Storm = {
  kills: number;
  /** Deaths at a failpoint, and how often each was met. */
  hits: Map<Failpoint, number>;
  /** When a worker ended, by its name. */
  diedAt: Map<string, number>;
  stalls: Stall[];
  /** Workers that ended by themselves: nothing here may do that. */
  crashes: string[];
};

type Options = {
  file: string;
  env: Record<string, string>;
  adminUrl: string;
  leaseMs: number;
  kills: number;
  pauses: number;
  random(): number;
  say(line: string): void;
  /** Gives the worker that will stand still something to do that is not soon over. */
  occupy(worker: string): Promise<boolean>;
  /** Comes back when another worker is under way with what this one held. */
  takenOver(worker: string): Promise<void>;
};

const spareWorkers = 2;

/** So many kills; two workers at a time, each followed by the next as soon as it is dead. */
export class Stormer {
  readonly storm: Storm = { kills: 0, hits: new Map(), diedAt: new Map(), stalls: [], crashes: [] };
  private readonly tried = new Map<Failpoint, number>();
  private readonly living = new Set<Worker>();
  /** Born, and waiting for their turn: reading a program takes longer than the life that follows. */
  private readonly spares: Worker[] = [];
  private born = 0;
  /** While one worker stands still, the other is left in peace. */
  private holding = false;
  private isOver = false;

  constructor(private readonly options: Options) {}

  async run(slots = 2): Promise<void> {
    let tickets = this.options.kills;
    const slot = async () => {
      while (tickets > 0 && !this.isOver) {
        tickets -= 1;
        if (!(await this.bearAndKill())) tickets += 1;
        if (this.storm.crashes.length > 5) return;
      }
    };
    await Promise.all(Array.from({ length: slots }, slot));
  }

  /** A worker that nobody kills. */
  start({ sweepMs = 3_600_000, arm = null }: Partial<Beginning> = {}): Worker {
    const worker = this.spares.shift() ?? this.bear();
    worker.child.send({ arm, sweepMs } satisfies Beginning);
    while (this.spares.length < spareWorkers && !this.isOver) this.spares.push(this.bear());
    return worker;
  }

  private bear(): Worker {
    const { file, env, adminUrl, leaseMs } = this.options;
    this.born += 1;
    const name = `w${this.born}`;
    const worker = new Worker(name, file, {
      ...env,
      PROOF_WORKER: name,
      PROOF_LEASE_MS: String(leaseMs),
      PROOF_URL: adminUrl,
    });
    this.living.add(worker);
    void worker.ended.then(({ at }) => {
      this.living.delete(worker);
      this.storm.diedAt.set(name, at);
    });
    return worker;
  }

  /** However the proof ends, nobody is left behind. */
  async end(): Promise<void> {
    this.isOver = true;
    const living = [...this.living];
    for (const worker of living) worker.child.kill("SIGKILL");
    await Promise.all(living.map(({ ended }) => ended));
  }

  /** False where it ended in another way than was meant for it. */
  private async bearAndKill(): Promise<boolean> {
    const { storm } = this;
    const { pauses, kills, random } = this.options;
    const hits = [...storm.hits.values()].reduce((sum, n) => sum + n, 0);
    const paused = storm.stalls.length;
    const isPaused = !this.holding && paused < pauses && storm.kills > ((paused + 0.5) / pauses) * kills;
    const arm = !isPaused && !this.holding && hits * 2 <= storm.kills ? this.nextArm() : null;
    if (isPaused) this.holding = true;

    const worker = this.start({ arm });
    const isUp = await worker.up;
    if (isPaused) {
      if (isUp) await this.hold(worker);
      this.holding = false;
    } else if (isUp && arm) await Promise.race([worker.ended, pause(700)]);
    else if (isUp) {
      while (this.holding && !worker.hasEnded) await pause(20);
      await pause(20 + random() * 60);
    }
    const isOurs = worker.child.kill("SIGKILL");
    const { signal, code } = await worker.ended;
    if (this.isOver) return false;
    if (signal !== "SIGKILL") {
      storm.crashes.push(`${worker.name} ended by itself (${code ?? signal}): ${worker.said.slice(-1500)}`);
      return false;
    }
    storm.kills += 1;
    if (storm.kills % 100 === 0) this.options.say(`${storm.kills} kills`);
    if (arm && !isOurs) storm.hits.set(arm.point, (storm.hits.get(arm.point) ?? 0) + 1);
    return true;
  }

  /**
   * A machine that stands still for longer than a lease and then goes on as if nothing had happened. Meanwhile the other
   * worker is left in peace, so that it really takes over; what the first one brings afterwards must be refused.
   */
  private async hold(worker: Worker): Promise<void> {
    const { leaseMs, random, occupy, takenOver } = this.options;
    if (!(await occupy(worker.name))) return;
    await pause(random() * 100);
    const from = Date.now();
    worker.child.kill("SIGSTOP");
    await pause(leaseMs);
    await takenOver(worker.name);
    worker.child.kill("SIGCONT");
    this.storm.stalls.push({ worker: worker.name, from, until: Date.now() });
    await pause(400);
  }

  /** The window that was tried least, so that each is really hit. */
  private nextArm(): Arm {
    const { random } = this.options;
    const least = Math.min(...failpoints.map((point) => this.tried.get(point) ?? 0));
    const open = failpoints.filter((point) => (this.tried.get(point) ?? 0) === least);
    const point = open[Math.floor(random() * open.length)] ?? failpoints[0];
    this.tried.set(point, least + 1);
    // Few functions send: the first time that one does must do.
    const left = point.startsWith("events") ? 1 : 1 + Math.floor(random() * 4);
    return { point, left };
  }
}

export class Worker {
  readonly child: ChildProcess;
  /** False where it ended before it was up. */
  readonly up: Promise<boolean>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; at: number }>;
  said = "";
  hasEnded = false;

  constructor(
    readonly name: string,
    file: string,
    env: Record<string, string>,
  ) {
    const { PATH = "", HOME = "" } = process.env;
    this.child = spawn(process.execPath, [file], {
      // Nothing of the shell's environment: what it is told is all it knows.
      env: { PATH, HOME, NODE_ENV: "production", LOG_LEVEL: "silent", ...env },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.child.stderr?.on("data", (chunk: Buffer) => {
      this.said = (this.said + chunk.toString()).slice(-10_000);
    });
    this.ended = new Promise((done) => {
      this.child.once("error", (error) => {
        this.said += error.message;
        done({ code: 127, signal: null, at: Date.now() });
      });
      this.child.once("exit", (code, signal) => done({ code, signal, at: Date.now() }));
    });
    void this.ended.then(() => {
      this.hasEnded = true;
    });
    this.up = Promise.race([
      new Promise<boolean>((done) => this.child.once("message", () => done(true))),
      this.ended.then(() => false),
      pause(20_000, false, { ref: false }),
    ]);
  }

  /** What is in flight ends first. */
  async stop(): Promise<void> {
    if (this.child.connected) this.child.send("stop");
    const hurry = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(hurry);
  }
}
