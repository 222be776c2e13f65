import { type Channel, channels } from "@/lib/domain/channels/vocabulary";
import type { CellReading } from "@/lib/domain/contacts/csv/cell-reading";
import { readBoolean } from "@/lib/domain/contacts/csv/read-boolean";
import { guessDateOrder, readDate } from "@/lib/domain/contacts/csv/read-date";
import { guessDecimalMark, readNumber } from "@/lib/domain/contacts/csv/read-number";
import { readTags } from "@/lib/domain/contacts/csv/read-tags";
import { attributeKeyOf, type FixedTarget, type ImportTarget } from "@/lib/domain/contacts/csv/targets";
import { customerTypeLabels, deviceLabels, stageLabels } from "@/lib/domain/contacts/labels";
import { type CleanProfile, judgeProfile, type ProfileFacts, type ProfileInput } from "@/lib/domain/contacts/profile";
import { type AttributeType, customerTypes, devices, identityChannels, stages } from "@/lib/domain/contacts/vocabulary";
import type { ImportOptions, MappedColumn } from "@/lib/domain/imports/shapes";
import { isTimeZone } from "@/lib/kernel/time";

/** What is wrong in a row: in which column, where one can be told, and what, as words that stand behind its heading. */
export type CellFault = { column: number | null; message: string };

export type ReadRow = {
  profile: CleanProfile | null;
  /** What the file says of consent, by columns of its own. */
  consents: { channel: Channel; isGranted: boolean }[];
  note: string | null;
  faults: CellFault[];
};

export type ReadingFacts = ProfileFacts & {
  attributeTypes: ReadonlyMap<string, AttributeType>;
  /** Members by what a file may call them: e-mail address or name, in small letters. */
  owners: ReadonlyMap<string, string>;
};

type Draft = { input: ProfileInput; consents: ReadRow["consents"]; note: string | null };
type Put = (draft: Draft, cell: string) => string | null;
type Reader = { column: number; target: ImportTarget; put: Put };

export type RowReader = {
  read: (cells: readonly string[]) => ReadRow;
  /** The addresses of a row, each by itself: also of one that cannot be read as a whole. */
  addressesIn: (cells: readonly string[]) => CleanProfile[];
  /** The column behind a fault of the judged row, where one can be told. */
  columnOf: (pointer: string, cells: readonly string[]) => number | null;
};

const longestText = 1_000;
const longestNote = 10_000;
const longestAccount = 200;

/**
 * Reads rows as the mapping and the options say. `samples` are the first rows of the file: what its other values say of
 * the order of dates and of decimals holds for the whole column, in whichever piece.
 */
export function rowReader(
  mapping: readonly MappedColumn[],
  options: ImportOptions,
  samples: readonly (readonly string[])[],
  facts: ReadingFacts,
): RowReader {
  const readers = mapping.flatMap(({ column, target }): Reader[] => {
    if (target === null) return [];
    const valuesOf = () => samples.map((row) => row[column] ?? "").filter((value) => value.trim() !== "");
    return [{ column, target: target as ImportTarget, put: putFor(target as ImportTarget, options, valuesOf, facts) }];
  });
  const columnsBy = new Map(readers.map(({ target, column }) => [target as string, column]));
  const accounts = readers.filter(({ target }) => isAccount(target));
  const columnOf: RowReader["columnOf"] = (pointer, cells) => {
    const [, field = "", key = ""] = pointer.split("/");
    // An account's fault names its place among the accounts of this row, which are in the order of their columns.
    if (field === "identities")
      return accounts.flatMap(({ column }) => accountsIn(cells[column] ?? "").map(() => column))[Number(key)] ?? null;
    if (field === "attributes") return columnsBy.get(`attribute:${key}`) ?? null;
    return columnsBy.get(field === "owner_id" ? "owner" : field) ?? null;
  };

  const read: RowReader["read"] = (cells) => {
    const draft: Draft = { input: {}, consents: [], note: null };
    const faults: CellFault[] = [];
    for (const { column, put } of readers) {
      const cell = cells[column]?.trim() ?? "";
      // An empty cell says nothing: it takes nothing away.
      if (cell === "") continue;
      const because = put(draft, cell);
      if (because !== null) faults.push({ column, message: because });
    }
    const { input, consents, note } = draft;
    if (options.tags.length > 0) input.tags = [...(input.tags ?? []), ...options.tags];
    const judged = judgeProfile(input, facts);
    if (judged.kind === "no")
      for (const { pointer, message } of judged.faults) faults.push({ column: columnOf(pointer, cells), message });
    const profile = faults.length === 0 && judged.kind === "ok" ? judged.profile : null;
    return { profile, consents, note, faults };
  };

  const addressed = readers.filter(({ target }) => isAccount(target) || addressTargets.includes(target));
  const addressesIn: RowReader["addressesIn"] = (cells) =>
    addressed.flatMap(({ column, put }) => {
      const draft: Draft = { input: {}, consents: [], note: null };
      const cell = cells[column]?.trim() ?? "";
      if (cell === "" || put(draft, cell) !== null) return [];
      const judged = judgeProfile(draft.input, facts);
      return judged.kind === "ok" ? [judged.profile] : [];
    });
  return { read, addressesIn, columnOf };
}

const addressTargets: readonly string[] = ["external_id", "email", "phone"];
const isAccount = (target: string) => (identityChannels as readonly string[]).includes(target);

/** A person may have several accounts of a kind: they stand in one cell, as tags do. */
const accountsIn = (cell: string): string[] =>
  cell
    .split(";")
    .map((account) => account.trim())
    .filter((account) => account !== "");

function putFor(target: ImportTarget, options: ImportOptions, valuesOf: () => string[], facts: ReadingFacts): Put {
  const key = attributeKeyOf(target);
  if (key === null) return fixed(target as FixedTarget, facts);
  const readAttribute = attributeReader(facts.attributeTypes.get(key) ?? "text", options, valuesOf);
  return ({ input }, cell) => {
    const reading = readAttribute(cell);
    if (reading.kind === "no") return reading.because;
    input.attributes = { ...input.attributes, [key]: reading.value };
    return null;
  };
}

function attributeReader(
  type: AttributeType,
  options: ImportOptions,
  valuesOf: () => string[],
): (cell: string) => CellReading<string | number | boolean> {
  switch (type) {
    case "number": {
      const mark = options.decimalMark ?? guessDecimalMark(valuesOf());
      return (cell) => readNumber(cell, mark);
    }
    case "date": {
      const guess = options.dateOrder ?? guessDateOrder(valuesOf());
      const order = guess === "day_first" || guess === "month_first" ? guess : null;
      return (cell) => readDate(cell, order);
    }
    case "boolean":
      return readBoolean;
    case "text":
      return (cell) =>
        cell.length > longestText
          ? { kind: "no", because: `has ${cell.length} characters, at most ${longestText} are kept` }
          : { kind: "ok", value: cell };
  }
}

/** Each target by what it does with a cell; what is wrong with the value itself `judgeProfile` says. */
function fixed(target: FixedTarget, facts: ReadingFacts): Put {
  switch (target) {
    case "name":
      return ({ input }, cell) => {
        input.name = cell;
        return null;
      };
    case "first_name":
      return ({ input }, cell) => {
        input.firstName = cell;
        return null;
      };
    case "last_name":
      return ({ input }, cell) => {
        input.lastName = cell;
        return null;
      };
    case "email":
      return ({ input }, cell) => {
        input.email = cell;
        return null;
      };
    case "phone":
      return ({ input }, cell) => {
        input.phone = cell;
        return null;
      };
    case "locale":
      return ({ input }, cell) => {
        input.locale = cell.slice(0, 100);
        return null;
      };
    case "external_id":
      return short(200, ({ input }, cell) => {
        input.externalId = cell;
      });
    case "company":
      return short(200, ({ input }, cell) => {
        input.company = cell;
      });
    case "time_zone":
      return ({ input }, cell) => {
        if (!isTimeZone(cell)) return "is no time zone such as America/Port-au-Prince";
        input.timeZone = cell;
        return null;
      };
    case "stage":
      return oneOf(stages, stageLabels, ({ input }, stage) => {
        input.stage = stage;
      });
    case "customer_type":
      return oneOf(customerTypes, namesOf(customerTypeLabels), ({ input }, type) => {
        input.customerType = type;
      });
    case "device_preference":
      return oneOf(devices, deviceLabels, ({ input }, device) => {
        input.devicePreference = device;
      });
    case "preferred_channel":
      return oneOf(channels, {}, ({ input }, channel) => {
        input.preferredChannel = channel;
      });
    case "tags":
      return ({ input }, cell) => {
        const reading = readTags(cell);
        if (reading.kind === "no") return reading.because;
        input.tags = reading.value;
        return null;
      };
    case "owner":
      return ({ input }, cell) => {
        const ownerId = facts.owners.get(cell.toLowerCase());
        if (!ownerId) return "is no member of the workspace";
        input.ownerId = ownerId;
        return null;
      };
    case "note":
      return short(longestNote, (draft, cell) => {
        draft.note = cell.replaceAll("\u0000", "").replace(/\p{Cs}/gu, "");
      });
    case "consent_email":
      return consent("email");
    case "consent_sms":
      return consent("sms");
    case "consent_whatsapp":
      return consent("whatsapp");
    case "whatsapp":
    case "instagram":
    case "facebook":
    case "linkedin":
    case "twitter":
      return ({ input }, cell) => {
        const said = accountsIn(cell);
        const long = said.find((account) => account.length > longestAccount);
        if (long) return `has ${long.length} characters, at most ${longestAccount} are kept`;
        input.identities = [
          ...(input.identities ?? []),
          ...said.map((externalId) => ({ channel: target, externalId })),
        ];
        return null;
      };
  }
}

const short =
  (most: number, put: (draft: Draft, cell: string) => void): Put =>
  (draft, cell) => {
    if (cell.length > most) return `has ${cell.length} characters, at most ${most} are kept`;
    put(draft, cell);
    return null;
  };

function consent(channel: Channel): Put {
  return ({ consents }, cell) => {
    const reading = readBoolean(cell);
    if (reading.kind === "no") return reading.because;
    consents.push({ channel, isGranted: reading.value });
    return null;
  };
}

const namesOf = <Word extends string>(labels: Record<Word, { label: string }>) =>
  Object.fromEntries(Object.entries<{ label: string }>(labels).map(([word, { label }]) => [word, label]));

/** By its word or its label, however it is written. */
function oneOf<Word extends string>(
  words: readonly Word[],
  labels: Partial<Record<string, string>>,
  put: (draft: Draft, word: Word) => void,
): Put {
  const keyOf = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, " ");
  const known = new Map(
    words.flatMap((word) => [word, labels[word] ?? word].map((name) => [keyOf(name), word] as const)),
  );
  return (draft, cell) => {
    const word = known.get(keyOf(cell));
    if (!word) return `is none of ${words.join(", ")}`;
    put(draft, word);
    return null;
  };
}
