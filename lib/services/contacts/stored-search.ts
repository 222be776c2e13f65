import { searchText } from "@/lib/domain/contacts/search-text";

/** It begins with a blank, so that the beginning of every word can be asked for alike. */
export function storedSearch(contact: Parameters<typeof searchText>[0], company: string | null): string {
  return ` ${searchText(contact, company)}`;
}
