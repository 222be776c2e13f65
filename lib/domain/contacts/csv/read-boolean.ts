import { type CellReading, quoted, refused, taken } from "./cell-reading";

const yes = new Set([
  ...[
    "yes",
    "y",
    "true",
    "t",
    "1",
    "on",
    "x",
    "✓",
    "✔",
    "oui",
    "o",
    "vrai",
    "si",
    "s",
    "verdadero",
    "wi",
    "ja",
    "j",
    "wahr",
  ],
  ...["sim", "verdadeiro", "subscribed", "opted in", "opt in", "opted_in", "granted", "accepted", "abonne"],
]);
const no = new Set([
  ...["no", "n", "false", "f", "0", "off", "non", "faux", "falso", "nein", "falsch", "nao", "✗", "✘", "pa"],
  ...[
    "unsubscribed",
    "opted out",
    "opt out",
    "opted_out",
    "withdrawn",
    "declined",
    "never subscribed",
    "not subscribed",
  ],
  ...["never_subscribed", "not_subscribed", "desabonne"],
]);

/** Yes or no in the six languages that lists come in. Anything else is refused: a consent must not be guessed. */
export function readBoolean(text: string): CellReading<boolean> {
  const word = text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
  if (yes.has(word)) return taken(true);
  if (no.has(word)) return taken(false);
  return refused(`${quoted(text)} is neither yes nor no`);
}
