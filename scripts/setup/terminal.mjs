/** What a start says to the person in front of it. Node built-ins only: it runs before anything is installed. */

const width = 16;
const onTerminal = process.stdout.isTTY === true && !process.env.CI;

// The terminal may close before we do; that must not look like a failure of the start.
process.stdout.on("error", () => {});

/** A failure that a person can act on: printed as its sentence, without a stack. */
export class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = "Refusal";
    this.exitCode = exitCode;
  }
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Runs one phase and prints one line for it: name, what came of it, how long it took. On a terminal the time counts up
 * meanwhile. The work returns the words for the line, or { said, value } to hand something on.
 */
export async function phase(name, work) {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const label = `  ${name.padEnd(width)}`;
  const tick = () => process.stdout.write(`\r\u001b[2K${label}${seconds(elapsed())}`);
  const timer = onTerminal ? setInterval(tick, 100) : undefined;
  const clear = () => {
    clearInterval(timer);
    if (onTerminal) process.stdout.write("\r\u001b[2K");
  };
  try {
    const outcome = await work();
    const { said, value } =
      typeof outcome === "object" && outcome !== null ? outcome : { said: outcome, value: undefined };
    clear();
    process.stdout.write(`${label}${String(said ?? "ok").padEnd(32)}${seconds(elapsed()).padStart(7)}\n`);
    return value;
  } catch (error) {
    clear();
    process.stdout.write(`${label}${"failed".padEnd(32)}${seconds(elapsed()).padStart(7)}\n`);
    throw error;
  }
}

/** A line that announces something long whose own output follows (npm, for one). */
export function announce(name, said) {
  process.stdout.write(`  ${name.padEnd(width)}${said}\n`);
}

export function complain(error) {
  const refused = ["Refusal", "EmbeddedUnavailable"].includes(error?.name);
  const causes = [];
  for (let at = error; at && causes.length < 5; at = at.cause)
    causes.push(at === error ? (at.stack ?? at) : `because ${at.message ?? at}`);
  process.stderr.write(`\n${refused ? error.message : causes.join("\n")}\n\n`);
}

/** One sentence for a folder that cannot be written, naming it. Null where the failure is something else. */
export function diskTrouble(error, folder) {
  const text = `${error?.code ?? ""} ${error?.message ?? error}`;
  if (/ENOSPC|EDQUOT|no space left/i.test(text))
    return `The disk that holds ${folder} is full. Free some space and start again.`;
  if (/EROFS|read-only file system/i.test(text))
    return `The folder ${folder} is on a read-only disk, and must be writable.`;
  if (/EACCES|EPERM|permission denied/i.test(text)) {
    return `The folder ${folder} may not be written by this user. It was probably made by another one, such as root: start as that user, give the folder to yours, or remove it.`;
  }
  return null;
}
