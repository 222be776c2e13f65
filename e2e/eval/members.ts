import type { Member } from "../measure";
import { emails } from "./emails";
import { phones } from "./phones";
import { safeFetch } from "./safe-fetch";

export const members: Member[] = [safeFetch, emails, phones];
