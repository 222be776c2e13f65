import { urlFlag, urlOneOf } from "../_parts/url-words";

export const searchParams = {
  who: urlOneOf(["everybody"] as const),
  state: urlOneOf(["done"] as const),
  new: urlFlag,
};
