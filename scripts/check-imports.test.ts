import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkImports, sourceFiles, table } from "./check-imports";

const rulesOf = (files: Record<string, string>) =>
  checkImports(new Map(Object.entries(files))).map(({ file, line, rule }) => `${file}:${line} ${rule}`);

describe("import rules", () => {
  it("reads every source file of the product", () => {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const files = [...sourceFiles(root).keys()];
    expect(files).toEqual(expect.arrayContaining(["lib/env.ts", "scripts/check-imports.ts", "vitest.config.ts"]));
    expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
  });

  it("names each floor once", () => {
    const names = table.map((row) => row.from);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each<[string, string, string]>([
    ["lib/kernel/ids.ts", `import { env } from "@/lib/env"`, "nothing of ours"],
    ["lib/domain/access/a.ts", `import { db } from "@/db/client"`, "not db/client"],
    ["lib/domain/access/a.ts", `export * from "@/db/queries/access/find-key"`, "not db/queries"],
    ["lib/domain/access/a.ts", `import { x } from "@/lib/domain/contacts/shapes"`, "vocabulary"],
    ["lib/domain/access/a.ts", `import dayjs from "dayjs"`, "no package but zod"],
    ["lib/domain/access/a.ts", `import { readFileSync } from "node:fs"`, "no package but zod"],
    ["app/a.tsx", `if (process.env.HOME) notFound()`, "process.env"],
    ["lib/services/access/a.ts", `process.env.NODE_ENV`, "process.env"],
    ["db/queries/access/a.ts", `import { b } from "@/lib/services/access/b"`, "not lib/services"],
    ["lib/providers/resend.ts", `import { b } from "@/lib/services/access/b"`, "not lib/services"],
    ["lib/services/access/a.ts", `import { db } from "@/db/client"`, "not db/client"],
    ["lib/services/access/a.ts", `import { keys } from "@/db/schema/access"`, "not db"],
    ["lib/services/access/a.ts", `const mail = await import("@/lib/providers/mail/smtp")`, "not lib/providers"],
    ["lib/services/access/a.ts", `import { b } from "@/lib/services/contacts/b"`, "stands left of"],
    ["lib/services/access/a.ts", `import { asGate } from "@/db/system"`, "db/system"],
    ["lib/http/route.ts", `import { a } from "@/app/api/v1/me/route"`, "not app"],
    ["lib/http/route.ts", `import { Button } from "@/components/ui/button"`, "not components/ui"],
    ["lib/client/api.ts", `import { a } from "@/lib/services/access/a"`, "not lib/services"],
    ["components/ui/button.tsx", `import { w } from "@/lib/domain/access/vocabulary"`, "not lib/domain"],
    ["components/ui/button.tsx", `import { w } from "@/components/shell/sidebar"`, "not components/shell"],
    ["components/inbox/a.tsx", `import { db } from "@/db/client"`, "not db/client"],
    ["app/page.tsx", `import { signIn } from "@/e2e/fixtures"`, "not e2e"],
    ["app/page.tsx", `import { asGate } from "@/db/system"`, "step across tenants"],
    ["app/page.tsx", `import { sql } from "drizzle-orm"`, "Drizzle"],
    ["lib/services/access/a.ts", `import postgres from "postgres"`, "Drizzle and the driver"],
    ["lib/services/access/a.ts", `import { Resend } from "resend"`, "vendor SDKs"],
    ["app/api/v1/a/route.ts", `import nodemailer from "nodemailer"`, "vendor SDKs"],
    ["lib/services/access/a.ts", `import { headers } from "next/headers"`, "next/*"],
    ["lib/services/access/a.ts", `type A = import("@/db/schema/access").Key`, "not db"],
    ["lib/services/access/a.ts", `const x = process.env.HOME`, "process.env"],
    ["lib/services/access/a.ts", `const x = process["env"]`, "process.env"],
    ["lib/http/a.ts", `const { env } = process`, "process.env"],
    ["lib/http/a.ts", `import { env } from "node:process"`, "process.env"],
    ["lib/services/access/a.ts", `import { b } from "../../domain/access/b"`, "written with @/"],
    ["lib/services/access/a.ts", `const name = "b"; await import(name)`, "names its file"],
    ["lib/services/index.ts", `export {}`, "index.ts"],
    ["app/actions.ts", `"use server"; export {}`, "no server actions"],
    ["app/page.tsx", `import { x } from "./x.test"`, "nobody imports a test"],
  ])("%s: %s", (file, source, rule) => {
    expect(rulesOf({ [file]: source }).join("\n")).toContain(rule);
  });

  it.each<[string, string]>([
    ["lib/domain/access/a.ts", `import { z } from "zod"; import { w } from "@/lib/domain/contacts/vocabulary"`],
    ["lib/services/access/a.ts", `import type { Db } from "@/db/client"; import { q } from "@/db/queries/access/q"`],
    ["lib/services/inbox/a.ts", `import { a } from "@/lib/services/access/a"; import { b } from "./b"`],
    ["lib/client/api.ts", `import type { Answer } from "@/lib/services/access/a"`],
    ["db/queries/access/a.ts", `import { eq } from "drizzle-orm"; import { keys } from "@/db/schema/access"`],
    ["components/ui/button.tsx", `import { x } from "./x"; import { y } from "@/components/feedback/y"`],
    ["lib/services/access/a.test.ts", `import { x } from "@/db/factories/access"; process.env.A = "1"`],
    ["e2e/bench/door.ts", `import postgres from "postgres"; process.env.A`],
    ["lib/http/gate.ts", `import { asGate } from "@/db/system"; import { headers } from "next/headers"`],
    ["app/dev/a.tsx", `if (process.env.NODE_ENV !== "development") notFound()`],
    ["lib/domain/access/a.ts", `import { createHash } from "node:crypto"`],
    ["lib/services/access/sign-in.ts", `import { asGate } from "@/db/system"`],
    ["app/a.ts", `// import x from "drizzle-orm"\nconst text = 'import x from "drizzle-orm"'`],
  ])("lets pass in %s: %s", (file, source) => {
    expect(rulesOf({ [file]: source })).toEqual([]);
  });

  it("follows a browser file through everything it pulls in, but not through types", () => {
    const files = {
      "app/(dashboard)/a/client.tsx": `"use client"; import { view } from "./view"`,
      "app/(dashboard)/a/view.ts": `import { load } from "@/lib/services/access/load"; export const view = load`,
      "lib/services/access/load.ts": "export const load = 1",
    };
    expect(rulesOf(files)).toEqual([
      "app/(dashboard)/a/view.ts:1 a browser file never reaches lib/services/access/load.ts (by way of app/(dashboard)/a/client.tsx > app/(dashboard)/a/view.ts)",
    ]);
    const typed = { ...files, "app/(dashboard)/a/view.ts": `import type { load } from "@/lib/services/access/load"` };
    expect(rulesOf(typed)).toEqual([]);
    expect(rulesOf({ "lib/client/a.ts": `import { readFileSync } from "node:fs"` })).toHaveLength(1);
  });

  it("says the line and what to do", () => {
    const [found] = checkImports(new Map([["app/a.ts", `\n\nimport { sql } from "drizzle-orm";`]]));
    expect(found).toMatchObject({ file: "app/a.ts", line: 3 });
    expect(found?.todo).toContain("db/queries");
  });
});
