import { urlFlag, urlOneOf } from "../_parts/url-words";

export const searchParams = {
  who: urlOneOf(["everybody"] as const),
  state: urlOneOf(["done"] as const),
  new: urlFlag,
};

/** What the address asks for, for the page on the server and the list in the browser alike. */
export function filterFrom(wanted: { who: "everybody" | null; state: "done" | null }) {
  return {
    state: wanted.state ?? ("open" as const),
    ...(wanted.who === null ? { mine: "true" as const } : {}),
  };
}
