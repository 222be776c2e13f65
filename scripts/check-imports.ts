import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseAst } from "rolldown/parseAst";

/**
 * Who may import whom, as data. `mayImport` names places of `places` below; a `type ` in front allows `import type` only.
 * A place may always import from itself. Tests (`*.test.ts`) may import anything, and nobody imports a test.
 */
const foundations = ["lib/kernel", "lib/domain"];
const screenParts = ["components/ui", "components/feedback", "components/charts", "components/data-table"];
const anyComponent = [...screenParts, "components/shell", "components/<domain>"];

type Row = { from: string; mayImport: string[] | "anything" };

export const table: Row[] = [
  { from: "lib/kernel", mayImport: [] },
  { from: "lib/domain", mayImport: ["lib/kernel"] },
  { from: "lib/env", mayImport: ["lib/kernel"] },
  { from: "lib/log", mayImport: ["lib/kernel", "lib/env"] },
  { from: "db", mayImport: ["lib/kernel", "lib/env", "lib/domain", "lib/log"] },
  // What verbs write is made by the verbs: a row that none of them could have written proves nothing.
  { from: "db/factories", mayImport: [...foundations, "lib/services", "lib/ports"] },
  { from: "lib/providers", mayImport: ["lib/kernel", "lib/domain", "lib/env", "lib/log"] },
  { from: "lib/services", mayImport: [...foundations, "db/queries", "db/tenant", "type db/client"] },
  {
    from: "inngest",
    // The engine's SQL and the questions of sweeps, which no verb asks because they are of no tenant.
    mayImport: [
      ...[...foundations, "lib/services", "lib/providers", "lib/env", "lib/log", "lib/ports"],
      ...["db/client", "db/system", "db/queries"],
    ],
  },
  {
    from: "lib/ports",
    // Where verbs meet the outside world: wired once for both gates, a request and an event.
    mayImport: [...foundations, "lib/providers", "lib/env", "db/system", "db/queries", "type lib/services"],
  },
  {
    from: "lib/http",
    // The gates' own look-ups: a door across tenants is of no use without the question to ask there.
    mayImport: [
      ...foundations,
      "lib/services",
      "lib/providers",
      "lib/env",
      "lib/log",
      "lib/ports",
      "db/system",
      "db/queries",
    ],
  },
  { from: "lib/client", mayImport: [...foundations, "type lib/services"] },
  { from: "lib/browser", mayImport: foundations },
  { from: "lib/sdk", mayImport: foundations },
  ...screenParts.map((from) => ({ from, mayImport: [...screenParts, "lib/kernel"] })),
  { from: "components/shell", mayImport: [...anyComponent, "lib/client", ...foundations] },
  { from: "components/<domain>", mayImport: [...anyComponent, "lib/client", ...foundations] },
  {
    from: "app",
    mayImport: [
      ...anyComponent,
      ...foundations,
      ...["lib/client", "lib/http", "lib/services", "lib/providers", "lib/env", "lib/log", "lib/ports"],
      ...["db", "db/client", "db/tenant", "db/queries", "db/system", "inngest"],
    ],
  },
  { from: "entry", mayImport: "anything" },
  { from: "scripts", mayImport: "anything" },
  { from: "e2e", mayImport: "anything" },
];

/** First match wins. `entry` is what the framework or the start needs at the top: server.ts, proxy.ts, config files. */
const places: [prefix: RegExp, name: string][] = [
  [/^lib\/env\.ts$/, "lib/env"],
  [/^lib\/(log|metrics|telemetry)\.ts$/, "lib/log"],
  [/^lib\/ports\.ts$/, "lib/ports"],
  [/^lib\/(kernel|domain|services|providers|http|client|browser|sdk)\//, "lib/$1"],
  [/^db\/(queries)\//, "db/queries"],
  [/^db\/(client|tenant|system)\.ts$/, "db/$1"],
  [/^db\/listen\.ts$/, "db/system"],
  [/^db\/factories\//, "db/factories"],
  [/^db\//, "db"],
  [/^components\/(ui|feedback|charts|data-table|shell)\//, "components/$1"],
  [/^components\/[^/]+\//, "components/<domain>"],
  [/^(app|inngest|e2e|scripts)\//, "$1"],
  [/^[^/]+$/, "entry"],
];

/** Files that may step across tenants, each with its reason. A new line here is a security decision. */
export const systemCallers: { files: RegExp; why: string }[] = [
  { files: /^lib\/http\//, why: "the gates look up keys and sessions before a tenant is known" },
  { files: /^inngest\//, why: "claims and the engine work for all tenants" },
  { files: /^lib\/ports\.ts$/, why: "the development mail box has no tenant" },
  { files: /^app\/api\/(health|ready|metrics)\//, why: "asks whether the database answers, of no tenant" },
  {
    files:
      /^lib\/services\/access\/(request-sign-up|confirm-sign-up|sign-in|second-factor|prove-person|throttle|sessions|end-session|change-password|reset-password|request-mailed-link|list-mail-box|reseal-secrets)\.ts$/,
    why: "people, sessions, mailed links and throttles have no tenant, and only the gate's login may write them",
  },
  {
    files: /^lib\/services\/access\/(describe-me|list-workspaces|accept-invitation)\.ts$/,
    why: "which workspaces a person belongs to, and whose invitation a token is, is asked across tenants",
  },
  {
    files: /^lib\/services\/access\/(mint|revoke)-key-from-shell\.ts$/,
    why: "whoever has the shell names the workspace; nobody has proven one",
  },
  {
    files: /^lib\/services\/engine\/platform-runs\.ts$/,
    why: "crons and sweeps work for no workspace; admins see that they ran, never what they handled",
  },
];

/** Packages that have one home. Scripts, e2e, entry files and tests are free. */
const packageHomes: { name: string; test: RegExp; homes: string[]; todo: string }[] = [
  {
    name: "Drizzle and the driver",
    test: /^(drizzle-orm|drizzle-kit|drizzle-zod|postgres)(\/|$)/,
    homes: ["db"],
    todo: "ask the question in db/queries and call that",
  },
  {
    name: "vendor SDKs",
    test: /^(resend|nodemailer|twilio|standardwebhooks|@anthropic-ai\/sdk|@xdevplatform\/xdk)(\/|$)/,
    homes: ["lib/providers"],
    todo: "put the call behind a port in lib/domain/<domain>/ports.ts and write it in lib/providers",
  },
  {
    name: "next/* and next-auth",
    test: /^(next|next-auth|@auth\/[^/]+)(\/|$)/,
    homes: ["app", "components", "lib/http"],
    todo: "hand in what you need from app, components or lib/http",
  },
  {
    name: "Inngest",
    test: /^inngest(\/|$)/,
    homes: ["inngest", "app"],
    todo: "declare the event in lib/domain/<domain>/events.ts; inngest/client.ts wraps it",
  },
];

/** From the ground up: a domain calls the verbs of domains on its left. */
const domainOrder = [
  ...[
    "engine",
    "access",
    "contacts",
    "consent",
    "segments",
    "imports",
    "privacy",
    "channels",
    "approvals",
    "experiments",
    "website",
    "templates",
    "outreach",
  ],
  ...["campaigns", "sequences", "inbox", "social", "conversion", "practices", "reports"],
];

const environmentReaders =
  /^(lib\/env\.ts|scripts\/.*|e2e\/.*|[^/]+\.config\.(ts|mjs)|server\.ts|instrumentation\.ts)$/;
const listingIndexes = /^(db\/schema|inngest\/functions)\/index\.ts$/;
const serverOnly = /^(db\/|lib\/(services|providers|http|env|log|metrics|telemetry)\b|inngest\/|server\.ts)/;

export type Violation = { file: string; line: number; rule: string; todo: string };

type Import = { specifier: string; line: number; isType: boolean };
type Parsed = { imports: Import[]; directives: string[]; environment: number[]; unknown: number[] };

/** `files` is path (from the repository's root, with /) to source. */
export function checkImports(files: ReadonlyMap<string, string>): Violation[] {
  const parsed = new Map([...files].map(([file, source]) => [file, parse(file, source)]));
  const violations: Violation[] = [];
  for (const [file, { imports, directives, environment, unknown }] of parsed) {
    if (isTest(file)) continue;
    const say = (line: number, rule: string, todo: string) => violations.push({ file, line, rule, todo });
    const from = placeOf(file);

    if (/(^|\/)index\.tsx?$/.test(file) && !listingIndexes.test(file))
      say(1, "index.ts exists only where something must be listed", "import the files directly and delete it");
    if (directives.includes("use server"))
      say(1, "there are no server actions", "make it a route under app/api/v1 and call it through lib/client");
    if (!environmentReaders.test(file))
      for (const line of environment)
        say(line, "process.env is read in lib/env.ts only", "add the variable to lib/env.ts and import `env`");
    if (!isFree(from))
      for (const line of unknown) say(line, "an import names its file in the text", "write the path as a plain string");

    for (const found of imports) {
      const target = targetOf(file, found.specifier, files);
      if (target === null) checkPackage(from, found, say);
      else checkOurs(file, from, found, target, say);
    }
  }
  return [...violations, ...checkBrowser(files, parsed)].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
  );
}

type Say = (line: number, rule: string, todo: string) => void;

function checkPackage(from: string, found: Import, say: Say) {
  if (isFree(from)) return;
  for (const { name, test, homes, todo } of packageHomes) {
    if (!test.test(found.specifier)) continue;
    if (!homes.some((home) => isWithin(from, home)))
      say(found.line, `${name} are imported in ${homes.join(", ")} only, not in ${from}`, todo);
    return;
  }
  // node:crypto is arithmetic; every other part of Node is the outside world.
  if (from === "lib/domain" && !/^(zod(\/.*)?|node:crypto)$/.test(found.specifier))
    say(
      found.line,
      "lib/domain knows no package but zod",
      "hand in the value, or do the work in a service or provider",
    );
}

function checkOurs(file: string, from: string, found: Import, target: string, say: Say) {
  const to = placeOf(target);
  if (isTest(target)) say(found.line, "nobody imports a test", "move what is shared to a file of its own");
  if (/\.(css|json|svg)$/.test(target)) return;

  if (found.specifier.startsWith(".") && topOf(file) !== topOf(target) && from !== "entry" && to !== "entry")
    say(found.line, "an import from another folder is written with @/", `write "@/${target.replace(/\.tsx?$/, "")}"`);

  if (to === "db/system") {
    const isListed = isFree(from) || rowOf(from) === "db" || systemCallers.some(({ files }) => files.test(file));
    if (!isListed)
      say(
        found.line,
        "only listed files may step across tenants (db/system)",
        "work inside withTenant, or add the file with its reason to systemCallers in scripts/check-imports.ts",
      );
    return;
  }

  const row = table.find((line) => line.from === from) ?? table.find((line) => line.from === rowOf(from));
  if (row?.mayImport !== "anything" && to !== from && !(rowOf(from) === "db" && rowOf(to) === "db")) {
    const allowed = row?.mayImport ?? [];
    const isAllowed = allowed.includes(to) || (found.isType && allowed.includes(`type ${to}`));
    if (!isAllowed) {
      const typeOnly = allowed.includes(`type ${to}`);
      const names = allowed.length > 0 ? allowed.join(", ") : "nothing of ours";
      say(
        found.line,
        `${from} may import ${names}; not ${to}`,
        typeOnly ? "use `import type`" : `move what is needed below both, or hand it in (${target})`,
      );
    }
  }

  const [own, other] = [domainOf(file), domainOf(target)];
  if (!own || !other || own === other) return;
  if (from === "lib/domain" && to === "lib/domain" && !/\/vocabulary\.ts$/.test(target))
    say(found.line, `a domain reads only the vocabulary of others, not ${target}`, "hand the fact in as a value");
  if (from === "lib/services" && to === "lib/services" && domainOrder.indexOf(other) > domainOrder.indexOf(own))
    say(
      found.line,
      `${own} stands left of ${other} and may not call it`,
      "tell it as an event; the right side listens",
    );
}

/** What a browser file pulls in, it ships: so this walks on through everything that is imported by value. */
function checkBrowser(files: ReadonlyMap<string, string>, parsed: ReadonlyMap<string, Parsed>): Violation[] {
  const violations: Violation[] = [];
  const seen = new Set<string>();
  const starts = [...parsed].filter(
    ([file, { directives }]) =>
      !isTest(file) && (directives.includes("use client") || /^lib\/(client|browser)\//.test(file)),
  );
  const queue = starts.map(([file]) => ({ file, path: [file] }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (seen.has(next.file)) continue;
    seen.add(next.file);
    for (const found of parsed.get(next.file)?.imports ?? []) {
      if (found.isType) continue;
      const target = targetOf(next.file, found.specifier, files);
      const forbidden = target === null ? found.specifier.startsWith("node:") : serverOnly.test(target);
      if (forbidden)
        violations.push({
          file: next.file,
          line: found.line,
          rule: `a browser file never reaches ${target ?? found.specifier}${next.path.length > 1 ? ` (by way of ${next.path.join(" > ")})` : ""}`,
          todo: "use `import type`, or ask through lib/client",
        });
      else if (target !== null) queue.push({ file: target, path: [...next.path, target] });
    }
  }
  return violations;
}

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file);
const isFree = (place: string) => table.some((row) => row.from === place && row.mayImport === "anything");
const isWithin = (place: string, home: string) => place === home || place.startsWith(`${home}/`);
/** db/queries, db/client and so on are named one by one as targets; as importers they are all `db`. */
const rowOf = (place: string) => (place.startsWith("db/") ? "db" : place);
const topOf = (file: string) => /^lib\/[^/]+|^[^/]+/.exec(file)?.[0] ?? file;
const domainOf = (file: string) => {
  const domain = /^lib\/(?:domain|services)\/([^/]+)\//.exec(file)?.[1];
  return domain !== undefined && domainOrder.includes(domain) ? domain : undefined;
};

function placeOf(file: string): string {
  for (const [prefix, name] of places) {
    const match = prefix.exec(file);
    if (match) return name.replace("$1", match[1] ?? "");
  }
  return "nowhere";
}

/** The file an import means, or null for a package. */
function targetOf(file: string, specifier: string, files: ReadonlyMap<string, string>): string | null {
  let base: string;
  if (specifier.startsWith("@/")) base = specifier.slice(2);
  else if (specifier.startsWith(".")) base = path.posix.join(path.posix.dirname(file), specifier);
  else return null;
  for (const ending of ["", ".ts", ".tsx", ".mjs", "/index.ts", "/index.tsx"])
    if (files.has(base + ending)) return base + ending;
  return /\.(tsx?|m?js|css|json|svg|png)$/.test(base) ? base : `${base}.ts`;
}

type Node = { type: string; start: number } & Record<string, unknown>;

function parse(file: string, source: string): Parsed {
  const lang = file.endsWith(".tsx") ? "tsx" : file.endsWith(".ts") ? "ts" : "js";
  const program = parseAst(source, { lang }) as unknown as { body: Node[] };
  const result: Parsed = { imports: [], directives: [], environment: [], unknown: [] };
  const lineAt = (offset: number) => source.slice(0, offset).split("\n").length;
  const add = (node: Node, from: unknown, isType: boolean) => {
    const value = (from as { value?: unknown } | null)?.value;
    if (typeof value === "string") result.imports.push({ specifier: value, line: lineAt(node.start), isType });
    else result.unknown.push(lineAt(node.start));
  };
  for (const { directive } of program.body) if (typeof directive === "string") result.directives.push(directive);

  const visit = (value: unknown) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Node;
    switch (node.type) {
      // `import { type A }` keeps the import at run time, so only `import type` counts as one.
      case "ImportDeclaration":
        add(node, node.source, node.importKind === "type");
        return;
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
        if (node.source) add(node, node.source, node.exportKind === "type");
        break;
      case "ImportExpression":
        add(node, node.source, false);
        break;
      case "TSImportType":
        add(node, node.source ?? node.argument, true);
        break;
      case "TSImportEqualsDeclaration":
        add(node, (node.moduleReference as Node | undefined)?.expression, node.importKind === "type");
        return;
      case "CallExpression":
        if (isName(node.callee, "require")) add(node, (node.arguments as unknown[])[0], false);
        break;
      case "MemberExpression":
        // Not the environment but a constant that the build writes in its place.
        if (isBuildConstant(node) && screens.test(file)) return;
        if (isName(node.object, "process") && (isName(node.property, "env") || isText(node.property, "env")))
          result.environment.push(lineAt(node.start));
        break;
      case "VariableDeclarator":
        if (isName(node.init, "process") && (node.id as Node).type === "ObjectPattern")
          result.environment.push(lineAt(node.start));
        break;
    }
    for (const key of Object.keys(node)) if (key !== "type" && key !== "start" && key !== "end") visit(node[key]);
  };
  visit(program.body);
  // `import process from "node:process"` and `import { env } from "process"` reach the environment by another name.
  for (const { specifier, line } of result.imports)
    if (/^(node:)?process$/.test(specifier)) result.environment.push(line);
  return result;
}

const screens = /^((app|components|lib\/client)\/|proxy\.ts$)/;
const isBuildConstant = ({ object, property }: Node) =>
  isName(property, "NODE_ENV") &&
  isName((object as Node).object, "process") &&
  isName((object as Node).property, "env");
const isName = (node: unknown, name: string) => (node as { name?: unknown } | null)?.name === name;
const isText = (node: unknown, text: string) => (node as { value?: unknown } | null)?.value === text;

export function sourceFiles(root: string): Map<string, string> {
  const folders = ["app", "components", "lib", "db", "inngest", "e2e", "scripts"].filter((name) =>
    existsSync(path.join(root, name)),
  );
  const found = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      path.posix.join(folder, name.split(path.sep).join("/")),
    ),
  );
  return new Map(
    [...readdirSync(root), ...found]
      .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith(".d.ts") && !file.startsWith("db/migrations/"))
      .sort()
      .map((file) => [file, readFileSync(path.join(root, file), "utf8")]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = sourceFiles(fileURLToPath(new URL("..", import.meta.url)));
  const violations = checkImports(files);
  for (const { file, line, rule, todo } of violations) console.error(`${file}:${line}  ${rule}\n    ${todo}`);
  console.log(`Imports: ${files.size} files, ${violations.length} against the rules.`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
