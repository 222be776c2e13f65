import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Channel, channels } from "@/lib/domain/channels/vocabulary";
import { decideConsent } from "./decide-consent";
import { decideLift } from "./decide-lift";
import { type ConsentFact, mayContact, type SuppressionFact } from "./may-contact";
import { stateOf } from "./state-of";
import { allMarketing, type ConsentSource, noTopic, suppressionReasons } from "./vocabulary";

/**
 * The ledger and the list as the verbs keep them, driven by random events in random order. What must hold: once the
 * person's own last word on a channel is no, nothing but their own new word makes it yes.
 */
type Line = ConsentFact & { id: string; seq: number; corrects: string | null };
type Ledger = { lines: Line[]; stops: SuppressionFact[]; seq: number };
const now = new Date("2026-11-21T12:00:00Z");
const hash = "11111111-1111-1111-1111-111111111111";

type Event =
  | { kind: "say"; channel: Channel; state: "granted" | "pending" | "denied"; source: ConsentSource }
  | { kind: "stop"; channel: Channel; reason: (typeof suppressionReasons)[number]; scope: "global" | "workspace" }
  | { kind: "unsubscribe"; channel: Channel }
  | { kind: "correct"; channel: Channel }
  | { kind: "lift"; by: ConsentSource }
  | { kind: "merge"; channel: Channel; state: "granted" | "denied"; source: ConsentSource; back: number };

const sources = ["member", "key", "import", "system"] as const;
const few: Channel[] = ["email", "sms", "whatsapp"];
const channel = fc.constantFrom(...few);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant("say" as const),
    channel,
    state: fc.constantFrom("granted" as const, "pending" as const, "denied" as const),
    source: fc.constantFrom<ConsentSource>("person", ...sources),
  }),
  fc.record({
    kind: fc.constant("stop" as const),
    channel,
    reason: fc.constantFrom(...suppressionReasons),
    scope: fc.constantFrom("global" as const, "workspace" as const),
  }),
  fc.record({ kind: fc.constant("unsubscribe" as const), channel }),
  fc.record({ kind: fc.constant("correct" as const), channel }),
  fc.record({ kind: fc.constant("lift" as const), by: fc.constantFrom<ConsentSource>(...sources) }),
  fc.record({
    kind: fc.constant("merge" as const),
    channel,
    state: fc.constantFrom("granted" as const, "denied" as const),
    source: fc.constantFrom<ConsentSource>(...sources),
    back: fc.nat(5),
  }),
);

const empty = (): Ledger => ({ lines: [], stops: [], seq: 0 });

function append(ledger: Ledger, line: Omit<Line, "id" | "seq" | "at">) {
  ledger.seq += 1;
  ledger.lines.push({ ...line, id: String(ledger.seq), seq: ledger.seq, at: momentOf(ledger) });
}

const momentOf = ({ seq }: Ledger) => new Date(now.getTime() - 1_000_000 + seq);

/** What stands already keeps its day; the person's word makes it theirs. */
function stopAddress(ledger: Ledger, stop: SuppressionFact) {
  const isSame = (each: SuppressionFact) =>
    each.channel === stop.channel && each.reason === stop.reason && each.scope === stop.scope;
  const known = ledger.stops.find(isSame);
  if (!known) ledger.stops.push(stop);
  else if (stop.source === "person") known.source = "person";
}

function say(ledger: Ledger, line: Omit<Line, "id" | "seq" | "at">) {
  const current = stateOf(ledger.lines).find((each) => each.channel === line.channel);
  const proposed = { ...line, at: momentOf(ledger) };
  const verdict = decideConsent(current ? { ...current, lineId: current.id } : null, proposed, ledger.stops);
  if (verdict.kind === "refuse") return;
  if (verdict.kind === "append") {
    append(ledger, line);
    ledger.stops = ledger.stops.filter((stop) => !verdict.lifts.includes(stop));
  }
  if (line.state === "denied")
    stopAddress(ledger, {
      ...{ addressHash: hash, channel: line.channel, reason: "opt_out", scope: "topic", scopeKey: allMarketing },
      ...{ source: line.source, since: momentOf(ledger) },
    });
}

function carryOut(ledger: Ledger, event: Event): void {
  const rest = { purpose: "marketing", topicId: noTopic, expiresAt: null, corrects: null } as const;
  switch (event.kind) {
    case "say": {
      const basis = event.source === "key" && event.channel === "email" ? "caller_asserted" : "express";
      say(ledger, { ...rest, channel: event.channel, state: event.state, source: event.source, basis });
      return;
    }
    case "unsubscribe":
      carryOut(ledger, { kind: "say", channel: event.channel, state: "denied", source: "person" });
      return;
    case "correct": {
      // A colleague finds their note wrong: the last line of the channel, whoever wrote it.
      const last = stateOf(ledger.lines).find((each) => each.channel === event.channel);
      if (!last) return;
      const basis = { state: "granted", source: "member", basis: "express" } as const;
      say(ledger, { ...rest, channel: event.channel, ...basis, corrects: last.id });
      return;
    }
    case "stop": {
      const { reason, scope } = event;
      const said = { addressHash: hash, channel: event.channel, reason, scope, scopeKey: "" };
      stopAddress(ledger, { ...said, source: "system", since: momentOf(ledger) });
      return;
    }
    case "lift":
      ledger.stops = ledger.stops.filter((stop) => decideLift(stop, event.by).kind === "refuse");
      return;
    case "merge":
      // The loser's lines keep their numbers: they fall between what was said before and after.
      ledger.seq += 1;
      ledger.lines.push({
        ...{ ...rest, channel: event.channel, state: event.state, source: event.source, basis: "express" },
        ...{ id: `m${ledger.seq}`, seq: ledger.seq - event.back - 0.5, at: now },
      });
  }
}

function verdict(ledger: Ledger, on: Channel, purpose: "marketing" | "transactional" = "marketing") {
  const addresses = Object.fromEntries(channels.map((each) => [each, [{ hash, isUsable: true }]]));
  const person = { isErased: false, addresses, suppressions: ledger.stops, consents: stateOf(ledger.lines) };
  return mayContact(person, on, purpose, now).kind;
}

/** The person's own last word on a channel; to be asked is none. */
function lastWord(events: Event[], on: Channel): "yes" | "no" | null {
  let word: "yes" | "no" | null = null;
  for (const each of events) {
    if (each.kind === "unsubscribe" && each.channel === on) word = "no";
    if (each.kind === "say" && each.source === "person" && each.channel === on)
      word = each.state === "granted" ? "yes" : each.state === "denied" ? "no" : word;
  }
  return word;
}

describe("an opt-out wins in any order of events", () => {
  it("after the person's own last no, nothing that others do makes it a yes", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const ledger = empty();
        for (const each of events) carryOut(ledger, each);
        for (const on of few) if (lastWord(events, on) === "no") expect(verdict(ledger, on)).toBe("no");
      }),
      { numRuns: 2_000 },
    );
  });

  it("whoever used the way out gets no marketing on that channel until they sign up again, even as a new contact", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 15 }),
        channel,
        fc.array(event, { maxLength: 25 }),
        (before, on, after) => {
          const ledger = empty();
          for (const each of before) carryOut(ledger, each);
          carryOut(ledger, { kind: "unsubscribe", channel: on });
          // The contact is deleted and comes again with the next import: only the list still knows.
          ledger.lines = [];
          for (const each of after.filter((then) => !(then.kind === "say" && then.source === "person")))
            carryOut(ledger, each);
          expect(verdict(ledger, on)).toBe("no");
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("their own new word does open what they closed, where nothing else stands against it", () => {
    const ledger = empty();
    carryOut(ledger, { kind: "unsubscribe", channel: "email" });
    carryOut(ledger, { kind: "say", channel: "email", state: "granted", source: "person" });
    expect(verdict(ledger, "email")).toBe("yes");
    carryOut(ledger, { kind: "stop", channel: "email", reason: "hard_bounce", scope: "workspace" });
    carryOut(ledger, { kind: "say", channel: "email", state: "denied", source: "person" });
    carryOut(ledger, { kind: "say", channel: "email", state: "granted", source: "person" });
    expect(verdict(ledger, "email")).toBe("no");
  });

  it("an event that comes twice in a row changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), event, (before, last) => {
        // Two people become one once; a second time there is nobody to join.
        fc.pre(last.kind !== "merge");
        const ledger = empty();
        for (const each of [...before, last]) carryOut(ledger, each);
        const once = few.flatMap((on) => [verdict(ledger, on), verdict(ledger, on, "transactional")]);
        const size = ledger.lines.length;
        carryOut(ledger, last);
        expect(few.flatMap((on) => [verdict(ledger, on), verdict(ledger, on, "transactional")])).toEqual(once);
        const isQuestion = last.kind === "say" && last.state === "pending";
        if (!isQuestion) expect(ledger.lines.length).toBe(size);
      }),
      { numRuns: 1_000 },
    );
  });

  it("a denial is a denial however the lines are shuffled, as long as it was written last", () => {
    const line = (seq: number, state: "granted" | "denied") =>
      ({
        ...({ id: String(seq), seq, channel: "email", purpose: "marketing", topicId: noTopic } as const),
        ...({ state, source: "person", corrects: null, at: now, expiresAt: null } as const),
      }) as const;
    const lines = [line(1, "granted"), line(2, "denied"), line(3, "granted"), line(4, "denied")];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 4 }), (shuffled) => {
        expect(stateOf(shuffled).map((each) => each.state)).toEqual(["denied"]);
      }),
    );
  });
});

describe("what may enter the ledger", () => {
  const yes = {
    corrects: null,
    channel: "email",
    purpose: "marketing",
    topicId: noTopic,
    state: "granted",
    basis: "express",
    expiresAt: null,
    at: now,
  } as const;
  const denied = (source: ConsentSource) =>
    ({ state: "denied", basis: null, source, lineId: "l1", at: now, expiresAt: null }) as const;

  it.each(sources)("a %s does not overwrite a no", (source) => {
    expect(decideConsent(denied("person"), { ...yes, source }, [])).toMatchObject({
      kind: "refuse",
      because: "opted_out",
    });
    expect(decideConsent(denied("import"), { ...yes, source }, [])).toMatchObject({
      kind: "refuse",
      because: "opted_out",
    });
  });

  it("a mistake of our own is taken back, the person's word is not", () => {
    expect(decideConsent(denied("member"), { ...yes, source: "member", corrects: "l1" }, [])).toMatchObject({
      kind: "append",
    });
    expect(decideConsent(denied("member"), { ...yes, source: "member", corrects: "l0" }, [])).toMatchObject({
      kind: "refuse",
    });
    expect(decideConsent(denied("person"), { ...yes, source: "member", corrects: "l1" }, [])).toMatchObject({
      kind: "refuse",
    });
  });

  it("a mistake takes along the stop that came with it, and no other", () => {
    const stop = (source: ConsentSource, since: Date): SuppressionFact => ({
      ...{ addressHash: hash, channel: "email", reason: "opt_out", scope: "topic", scopeKey: allMarketing },
      ...{ source, since },
    });
    const correction = { ...yes, source: "member", corrects: "l1" } as const;
    const own = stop("member", now);
    expect(decideConsent(denied("member"), correction, [own])).toEqual({ kind: "append", lifts: [own] });
    const refused = { kind: "refuse", because: "suppressed" };
    expect(decideConsent(denied("member"), correction, [stop("person", now)])).toMatchObject(refused);
    const earlier = stop("import", new Date(now.getTime() - 1));
    expect(decideConsent(denied("member"), correction, [earlier])).toMatchObject(refused);
    expect(decideConsent(denied("member"), { ...correction, corrects: null }, [own])).toMatchObject({ kind: "refuse" });
  });

  it("no program vouches for SMS and WhatsApp, whatever it says its word rests on", () => {
    for (const channel of ["sms", "whatsapp"] as const)
      for (const basis of ["caller_asserted", "express", "implied"] as const)
        expect(decideConsent(null, { ...yes, channel, source: "key", basis }, [])).toMatchObject({
          kind: "refuse",
          because: "not_assertable",
        });
  });

  it("a yes that stands gives way to no lesser one, and to any once it is over", () => {
    const worth = [
      { source: "key", basis: "caller_asserted" },
      { source: "member", basis: "implied" },
      { source: "import", basis: "express" },
      { source: "person", basis: "express" },
    ] as const;
    for (const [at, held] of worth.entries())
      for (const [other, said] of worth.entries()) {
        const current = { ...held, state: "granted", lineId: "l1", at: now, expiresAt: null } as const;
        const kind = (expiresAt: Date | null, until: Date | null = null) =>
          decideConsent({ ...current, expiresAt }, { ...yes, ...said, expiresAt: until }, []).kind;
        const later = new Date(now.getTime() + 1_000);
        expect(kind(later), `${held.source} ${said.source}`).toBe(other < at ? "keep" : "append");
        expect(kind(now, later)).toBe("append");
      }
  });

  it("a question is asked again, and takes nothing from a yes that stands", () => {
    const pending = { ...yes, state: "pending", source: "member" } as const;
    const asked = {
      state: "pending",
      basis: "express",
      source: "member",
      lineId: "l1",
      at: now,
      expiresAt: null,
    } as const;
    expect(decideConsent(asked, pending, []).kind).toBe("append");
    const line = (seq: number, state: "granted" | "pending", expiresAt: Date | null = null) => ({
      ...({ id: String(seq), seq, channel: "email", purpose: "marketing", topicId: noTopic } as const),
      ...({ state, source: "member", corrects: null, at: now, expiresAt } as const),
    });
    expect(stateOf([line(1, "granted"), line(2, "pending")])[0]?.state).toBe("granted");
    expect(stateOf([line(1, "granted", now), line(2, "pending")])[0]?.state).toBe("pending");
  });

  it("an address that was erased or opted out takes no yes but the person's own", () => {
    for (const reason of ["opt_out", "complaint", "erasure"] as const) {
      const where = { addressHash: hash, channel: "*", scope: "global", scopeKey: "" } as const;
      const stop = { ...where, reason, source: "system", since: now } as const;
      expect(decideConsent(null, { ...yes, source: "import" }, [stop])).toMatchObject({
        kind: "refuse",
        because: "suppressed",
      });
      expect(decideConsent(null, { ...yes, source: "person" }, [stop])).toEqual({ kind: "append", lifts: [stop] });
    }
  });

  it("a no is always taken down", () => {
    const stop = {
      addressHash: hash,
      channel: "*",
      reason: "opt_out",
      scope: "global",
      scopeKey: "",
      source: "person",
      since: now,
    } as const;
    for (const source of ["person", ...sources] as const)
      expect(decideConsent(null, { ...yes, state: "denied", source }, [stop]).kind).toBe("append");
  });
});

describe("who may lift what", () => {
  const table = {
    opt_out: ["person"],
    erasure: ["person"],
    complaint: ["person", "member"],
    hard_bounce: ["member", "key"],
    invalid: ["member", "key"],
    manual: ["member", "key"],
  } as const;
  it.each(suppressionReasons)("%s", (reason) => {
    const all = ["person", "member", "key", "import", "merge", "system"] as const;
    expect(all.filter((by) => decideLift({ reason }, by).kind === "lift")).toEqual(
      [...table[reason]].sort((a, b) => all.indexOf(a) - all.indexOf(b)),
    );
  });
});
