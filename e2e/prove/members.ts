import type { Member } from "../measure";
import { engine } from "./engine";
import { isolation } from "./isolation";

export const members: Member[] = [engine, isolation];
