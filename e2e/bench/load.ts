import { Agent, request } from "node:http";

export type Load = { latenciesMs: number[]; failures: number; seconds: number; generatorCpuSeconds: number };

/** `callers` at once, each sending its next request when the last is answered, for `seconds`. */
export async function load(
  url: string,
  { callers, seconds, headers = {} }: { callers: number; seconds: number; headers?: Record<string, string> },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const latenciesMs: number[] = [];
  let failures = 0;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const until = began + seconds * 1000;

  const once = () =>
    new Promise<boolean>((done) => {
      const outgoing = request(url, { agent, headers }, (answer) => {
        answer.resume();
        answer.once("end", () => done(answer.statusCode === 200));
        answer.once("error", () => done(false));
      });
      outgoing.once("error", () => done(false));
      outgoing.setTimeout(10_000, () => outgoing.destroy());
      outgoing.end();
    });
  const caller = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      if (await once()) latenciesMs.push(performance.now() - sent);
      else failures += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  agent.destroy();
  const cpu = process.cpuUsage(cpuBefore);
  return {
    latenciesMs,
    failures,
    seconds: (performance.now() - began) / 1000,
    generatorCpuSeconds: (cpu.user + cpu.system) / 1_000_000,
  };
}
