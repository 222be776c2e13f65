import type { ContactFilter, ContactSort } from "@/lib/client/contacts";
import { customerTypes, grades, stages } from "@/lib/domain/contacts/vocabulary";
import { urlFlag, urlOneOf, urlText } from "../_parts/url-words";

// Written out again because their home brings zod along; the type tells when they part.
export const sorts = ["newest", "oldest", "name", "score"] as const satisfies readonly ContactSort[];

/** The URL is the state of the list: a view of it can be linked, saved and opened on another machine. */
export const searchParams = {
  q: urlText,
  stage: urlOneOf(stages),
  type: urlOneOf(customerTypes),
  grade: urlOneOf(grades),
  tag: urlText,
  segment: urlText,
  owner: urlText,
  company: urlText,
  /** Whom an import made: its page links here. */
  import: urlText,
  sort: urlOneOf(sorts),
  new: urlFlag,
};

export const filterNames = ["stage", "type", "grade", "tag", "segment", "owner", "company", "import"] as const;
export type FilterName = (typeof filterNames)[number];

type Wanted = { [Name in keyof typeof searchParams]: ReturnType<(typeof searchParams)[Name]> };

/** What the API is asked. Keys without a value are left out, so that one question has one key. */
export function filterFrom(wanted: Wanted): ContactFilter {
  return {
    ...(wanted.q?.trim() ? { search: wanted.q.trim().slice(0, 200) } : {}),
    ...(wanted.stage ? { stage: wanted.stage } : {}),
    ...(wanted.type ? { customerType: wanted.type } : {}),
    ...(wanted.grade ? { grade: wanted.grade } : {}),
    ...(wanted.tag ? { tag: wanted.tag.slice(0, 60) } : {}),
    ...(wanted.segment ? { segment: wanted.segment } : {}),
    ...(wanted.owner ? { owner: wanted.owner } : {}),
    ...(wanted.company ? { company: wanted.company } : {}),
    ...(wanted.import ? { import: wanted.import } : {}),
  };
}
