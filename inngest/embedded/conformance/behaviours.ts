import { failures } from "./failures";
import { paces } from "./pace";
import { parallel } from "./parallel";
import type { Behaviour } from "./scene";
import { steps } from "./steps";
import { triggers } from "./triggers";
import { waits } from "./waits";

/** What every engine that runs our functions has to do, written once. */
export const behaviours: readonly Behaviour[] = [...steps, ...waits, ...parallel, ...failures, ...paces, ...triggers];
