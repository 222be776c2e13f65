"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import type { Command } from "@/components/shell/commands";
import { type CommandSource, useCommandSource } from "@/components/shell/use-commands";
import type { Page } from "@/lib/client/access";
import { api } from "@/lib/client/api";
import type { ContactRow } from "@/lib/client/contacts";
import { nameOf } from "./contact-name";

const none: CommandSource = { id: "contacts", group: "Contacts", find: async () => [] };

/** From every page: who is typed into the palette is found, and Enter opens them. */
export function useContactSearch(mayRead: boolean): void {
  const router = useRouter();
  const source = useMemo<CommandSource>(
    () =>
      mayRead
        ? {
            ...none,
            find: async (query, signal) => {
              const found = await api<Page<ContactRow>>("/contacts", { query: { search: query, limit: 6 }, signal });
              return found.items.map(
                (contact): Command => ({
                  id: `contact.${contact.id}`,
                  label: nameOf(contact),
                  scope: "global",
                  group: "Contacts",
                  ...(contact.email && contact.name ? { hint: contact.email } : {}),
                  // The server has found them by these words, in whatever order they came.
                  words: [query, contact.email, contact.phone, contact.externalId].filter((word) => word !== null),
                  run: () => router.push(`/contacts/${contact.id}` as Route),
                }),
              );
            },
          }
        : none,
    [mayRead, router],
  );
  useCommandSource(source);
}
