import type { Member } from "../measure";
import { door } from "./door";
import { pagesBench } from "./pages";

export const members: Member[] = [door, pagesBench];
