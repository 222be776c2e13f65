import type { Link } from "./link-token";

/** Links in letters, which open a page of one person without a sign-in. */
export interface SignedLinks {
  sign(link: Link): string;
  /** Null for whatever this house did not write. */
  open(token: string): Link | null;
}

/** What consent needs from outside; wired in `lib/ports.ts`. */
export interface ConsentPorts {
  links: SignedLinks;
}
