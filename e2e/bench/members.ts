import type { Member } from "../measure";
import { door } from "./door";
import { engineBench } from "./engine";
import { pagesBench } from "./pages";

export const members: Member[] = [door, engineBench, pagesBench];
