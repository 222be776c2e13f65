import type { Member } from "../measure";
import { safeFetch } from "./safe-fetch";

export const members: Member[] = [safeFetch];
