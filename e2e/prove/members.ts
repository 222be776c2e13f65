import type { Member } from "../measure";
import { isolation } from "./isolation";

export const members: Member[] = [isolation];
