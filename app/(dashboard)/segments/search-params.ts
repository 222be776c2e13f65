import { segmentKinds } from "@/lib/domain/segments/vocabulary";
import { urlOneOf, urlText } from "../_parts/url-words";

/** The URL is the state of the list's filters. */
export const searchParams = { q: urlText, kind: urlOneOf(segmentKinds) };
/** What a segment's page shows beside its head. */
export const viewParams = { view: urlOneOf(["rules", "history"]) };
