import type { Member } from "../measure";
import { contactsBench } from "./contacts";
import { door } from "./door";
import { engineBench } from "./engine";
import { pagesBench } from "./pages";

export const members: Member[] = [contactsBench, door, engineBench, pagesBench];
