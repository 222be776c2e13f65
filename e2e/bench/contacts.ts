import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { type Context, type Measured, type Member, median, percentile } from "../measure";
import { type ScratchDatabase, scratchDatabase } from "../scratch-database";
import { importFile } from "./contacts/import-file";
import { makeMillion } from "./contacts/million";
import { segmentTrees } from "./segment-rules";

const pool = 10;

/**
 * The mini-CRM at size, on a database whose commits wait for the disk: a file taken in by the product's own verbs and
 * engine against a bare COPY of the same rows by their owner, then search, lists, counts and a bulk among a million.
 */
export const contactsBench: Member = {
  name: "contacts",
  about: "import against a bare COPY; search, lists, counts and a bulk upsert at 1,000,000 contacts",
  async run(ctx: Context): Promise<Measured> {
    const size = ctx.isShort
      ? { rows: 10_000, rounds: 1, people: 50_000, asks: 40, bulks: 6 }
      : { rows: 100_000, rounds: 3, people: 1_000_000, asks: 150, bulks: 30 };
    const database = await scratchDatabase("madan_sara_contacts_bench", { isDurable: true, pool });
    ctx.onEnd(() => database.stop());
    // Everything that reads the environment is loaded only now.
    Object.assign(process.env, database.env, { API_RATE_PER_MINUTE: "1000000", LOG_LEVEL: "warn" });
    const product = await import("./contacts/product");
    ctx.onEnd(() => product.stopProduct());

    const imports = await measureImports(ctx, database, product, size);
    const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
    ctx.onEnd(() => admin.end({ timeout: 1 }));
    const { tenantId, key } = await product.makeTenant();
    ctx.say(`making ${size.people.toLocaleString("en")} contacts`);
    const world = await makeMillion(admin, tenantId, size.people);

    const timed = async (what: string, asks: (() => Promise<unknown>)[]) => {
      const ms: number[] = [];
      for (const ask of asks) {
        const began = performance.now();
        await ask();
        ms.push(performance.now() - began);
      }
      const [p50, p95] = [median(ms), percentile(ms, 0.95)];
      ctx.say(`${what}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
      return { p50, p95 };
    };
    const words = ["mirlande alcindor", "dessalines", "rose laure", "p4711", "50930123", "zzzzqq", "Élise Jérôme"];
    const typed = Array.from({ length: size.asks }, (_, at) => {
      const word = words[at % words.length] ?? "";
      return word.slice(0, 2 + (Math.floor(at / words.length) % 7));
    });
    await product.listContacts(tenantId, { search: "mirl" });
    const search = await timed(
      "search",
      typed.map((text) => () => product.listContacts(tenantId, { search: text })),
    );

    const filters = [
      ...[{}, { stage: "lead" }, { stage: "lost" }, { customerType: "existing" }, { grade: "A" }, { tag: "tag 1" }],
      ...[
        { tag: "tag 30" },
        { segment: world.list },
        { stage: "customer", tag: "tag 2" },
        { grade: "B", stage: "lead" },
      ],
    ];
    const sorts = ["newest", "oldest", "name", "score"];
    const pairs = filters.flatMap((filter) => sorts.map((sort) => ({ ...filter, sort })));
    for (const query of pairs) await product.listContacts(tenantId, query);
    const lists = await timed(
      "filtered lists",
      [...pairs, ...pairs, ...pairs].map((query) => () => product.listContacts(tenantId, query)),
    );

    const trees = Object.values(segmentTrees(world));
    for (const rules of trees) await product.countRules(tenantId, rules);
    const counts = await timed(
      "segment counts",
      [...trees, ...trees, ...trees, ...trees].map((rules) => () => product.countRules(tenantId, rules)),
    );

    await product.bulkUpsert(key, 0, "warm");
    const bulks = await timed(
      "bulk upserts of 1,000",
      // Each thousand is brought three times: as new people, as they are, and with something else said of each.
      Array.from({ length: size.bulks }, (_, at) => () => product.bulkUpsert(key, Math.floor(at / 3), "bulk", at % 3)),
    );

    return {
      rows: size.rows * size.rounds + size.people,
      metrics: {
        ...imports,
        search_p50_ms: search.p50,
        search_p95_ms: search.p95,
        list_p50_ms: lists.p50,
        list_p95_ms: lists.p95,
        segment_count_p50_ms: counts.p50,
        segment_count_p95_ms: counts.p95,
        bulk_upsert_p50_ms: bulks.p50,
        bulk_upsert_p95_ms: bulks.p95,
      },
      bars: {
        import_ratio: { op: ">=", bar: 0.4 },
        search_p95_ms: { op: "<=", bar: 100 },
        list_p95_ms: { op: "<=", bar: 100 },
        segment_count_p95_ms: { op: "<=", bar: 100 },
        bulk_upsert_p95_ms: { op: "<=", bar: 300 },
      },
      notes: [
        `${size.rounds} alternating rounds of ${size.rows.toLocaleString("en")} rows, from the start of the import to its ` +
          "end against COPY by the owner of the same rows (people, attributes, tags) into equal tables (indexes, keys) " +
          "without row-level security; the upload is told apart",
        `lists, counts and bulks among ${size.people.toLocaleString("en")} contacts, through the product's verbs and doors`,
      ],
    };
  },
};

type Product = typeof import("./contacts/product");

/** Where the rows of the file end up: the people, their attributes and their tags. */
const written = ["contacts", "attribute_values", "contact_tags"];
type Table = { bare: string; columns: string; rows: Buffer };

/** An equal table beside it, and the rows that the import wrote, as COPY writes them. */
async function readTable(owner: postgres.Sql, adminUrl: string, name: string, tenantId: string): Promise<Table> {
  // A connection of its own: the driver's hangs at the second copy that it sends out.
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    return await readRows(owner, admin, name, tenantId);
  } finally {
    await admin.end({ timeout: 1 });
  }
}

async function readRows(owner: postgres.Sql, admin: postgres.Sql, name: string, tenantId: string): Promise<Table> {
  const bare = `bare_${name}`;
  await owner.unsafe(`create table ${bare} (like ${name} including all)`);
  const [{ columns } = { columns: "" }] = await admin<{ columns: string }[]>`
    select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
    where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
  const lines: Buffer[] = [];
  const rows = `select ${columns} from ${name} where tenant_uuid = '${tenantId}'`;
  for await (const chunk of await admin.unsafe(`copy (${rows}) to stdout`).readable()) lines.push(chunk as Buffer);
  return { bare, columns, rows: Buffer.concat(lines) };
}

/** `like` leaves them out, and without them the table would not be equal: each row that is about a contact asks for it. */
async function addForeignKeys(owner: postgres.Sql): Promise<void> {
  const keys = await owner<{ table: string; definition: string }[]>`
    select conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition from pg_constraint
    where contype = 'f' and conrelid::regclass::text = any(${written}) and confrelid = 'contacts'::regclass`;
  for (const { table, definition } of keys)
    await owner.unsafe(
      `alter table bare_${table} add ${definition.replace("REFERENCES contacts", "REFERENCES bare_contacts")}`,
    );
}

async function copyInto(owner: postgres.Sql, { bare, columns, rows }: Table): Promise<void> {
  const into = await owner.unsafe(`copy ${bare} (${columns}) from stdin`).writable();
  await new Promise<void>((resolve, reject) => {
    into.once("error", reject);
    into.once("finish", resolve);
    for (let at = 0; at < rows.length; at += 1 << 16) into.write(rows.subarray(at, at + (1 << 16)));
    into.end();
  });
}

export async function measureImports(
  ctx: Context,
  database: ScratchDatabase,
  product: Product,
  size: { rows: number; rounds: number },
) {
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  ctx.onEnd(() => owner.end({ timeout: 1 }));
  const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
  ctx.onEnd(() => admin.end({ timeout: 1 }));
  const file = importFile(size.rows);
  await product.importRows(importFile(2_000));
  const first = await product.importRows(file);
  const tables: Table[] = [];
  for (const name of written) tables.push(await readTable(owner, database.adminUrl, name, first.tenantId));

  await addForeignKeys(owner);

  const rounds: { copy: number; imported: number; upload: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const measured = { copy: 0, imported: 0, upload: 0 };
    // Both begin with empty tables and nothing left to be written by the one before.
    const clear = async () => {
      await owner.unsafe(`truncate ${tables.map(({ bare }) => bare).join(", ")}`);
      await owner`truncate contacts cascade`;
      await admin`checkpoint`;
    };
    const copy = async () => {
      await clear();
      const began = performance.now();
      for (const table of tables) await copyInto(owner, table);
      measured.copy = (performance.now() - began) / 1000;
    };
    const imported = async () => {
      await clear();
      const { seconds, uploadSeconds } = await product.importRows(file);
      measured.imported = seconds;
      measured.upload = uploadSeconds;
    };
    // Who goes first alternates too: a machine that slows down in between must not favour one side.
    for (const side of round % 2 === 0 ? [copy, imported] : [imported, copy]) await side();
    rounds.push(measured);
    ctx.say(
      `round ${round + 1} of ${size.rounds}: COPY ${measured.copy.toFixed(2)} s, import ${measured.imported.toFixed(2)} s`,
    );
    await pause(500);
  }
  const of = (what: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[what]));
  return {
    import_seconds: of("imported"),
    import_rows_per_second: size.rows / of("imported"),
    copy_seconds: of("copy"),
    copy_rows_per_second: size.rows / of("copy"),
    import_ratio: median(rounds.map(({ copy, imported }) => copy / imported)),
    upload_seconds: of("upload"),
  };
}
