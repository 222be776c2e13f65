import type { Member } from "../measure";
import { door } from "./door";

export const members: Member[] = [door];
