import { type Kind, kinds, runCommand } from "@/e2e/measure";

/** `npm run eval|bench|prove -- NAME [PATH] [--short] [--seed N]`. Only the list that is asked for is loaded. */
const [kind, ...args] = process.argv.slice(2);
const lists = {
  eval: async () => (await import("@/e2e/eval/members")).members,
  bench: async () => (await import("@/e2e/bench/members")).members,
  prove: async () => (await import("@/e2e/prove/members")).members,
};

if (!kinds.includes(kind as Kind)) {
  console.error(`Which kind? ${kinds.join(", ")}`);
  process.exit(2);
}
const code = await runCommand(kind as Kind, args, await lists[kind as Kind](), (text) => console.log(text));
// Pools and keep-alive sockets of what was measured must not keep the command open.
process.exit(code);
