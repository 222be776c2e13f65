import { expect, it } from "vitest";
import type { Activity } from "@/lib/client/contacts";
import { holdsLasts, lanesOf, legendOf, type Moment, monthStarts } from "./lanes";

const [since, until] = ["2026-08-23T12:00:00.000Z", "2026-11-21T12:00:00.000Z"];
const moment = (kind: string, at: string, channel: Moment["channel"] = null): Moment => ({
  kind,
  at,
  channel,
  says: kind,
});
const activity = (...moments: Moment[]): Activity => ({ since, until, kinds: [], moments });

it("puts channels first, in their usual order, and each moment at its share of the ninety days", () => {
  const lanes = lanesOf(
    activity(
      moment("purchase", until),
      moment("replied", "2026-10-07T12:00:00.000Z", "whatsapp"),
      moment("sent", since, "email"),
    ),
  );
  expect(lanes.map(({ label, moments }) => [label, moments[0]?.shape, moments[0]?.share])).toEqual([
    ["Email", "hollow", 0],
    ["WhatsApp", "square", 0.5],
    ["Orders", "diamond", 1],
  ]);
});

it("keeps what was agreed to apart from what was sent, and leaves the days of the score out", () => {
  const lanes = lanesOf(activity(moment("consent", until, "email"), moment("score", until), moment("import", until)));
  expect(lanes.map(({ label }) => label)).toEqual(["Consent", "Changes"]);
});

it("explains only the shapes that are there, and none where there is but one", () => {
  const filled = lanesOf(activity(moment("note", until)));
  expect(legendOf(filled)).toBe("");
  expect(legendOf(lanesOf(activity(moment("note", until), moment("purchase", since))))).toBe(
    "Filled: it happened. Diamond: they bought.",
  );
});

it("says that only the last of a kind is known where that is so", () => {
  expect(holdsLasts(lanesOf(activity(moment("note", until))))).toBe(false);
  expect(holdsLasts(lanesOf(activity(moment("note", until), moment("visit", since))))).toBe(true);
});

it("marks the first of each month in the reader's own calendar", () => {
  const labels = (timeZone: string) =>
    monthStarts(since, until, { timeZone, locale: "en-GB" }).map(({ label }) => label);
  expect(labels("America/Port-au-Prince")).toEqual(["1 Sept", "1 Oct", "1 Nov"]);
  expect(labels("Pacific/Kiritimati")).toHaveLength(3);
});
