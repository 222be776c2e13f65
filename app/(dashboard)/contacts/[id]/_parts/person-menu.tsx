"use client";

import { Download, Ellipsis, ShieldX, Trash2 } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { Contact } from "@/lib/client/contacts";
import { exportPerson } from "@/lib/client/privacy";

const PersonDialog = lazy(() => import("./person-dialog"));

/** What concerns the whole person: their data as a file, their erasure by right, and plain deleting. */
export function PersonMenu({ contact }: { contact: Contact }) {
  const { can } = useSignedIn();
  const router = useRouter();
  const [asked, setAsked] = useState<"erase" | "delete" | null>(null);

  const takeOut = async () => {
    try {
      await exportPerson(contact.id);
      toast({
        text: "Their data is being put together",
        act: { label: "See exports", run: () => router.push("/contacts/imports" as Route) },
      });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Nothing was exported. Try again." });
    }
  };
  const items: MenuItem[] = [
    ...(can("privacy:write")
      ? [
          { kind: "label" as const, label: "Data protection" },
          {
            label: "Export their data",
            says: "Everything we hold of them, as one file",
            icon: <Download aria-hidden="true" />,
            onSelect: () => void takeOut(),
          },
          {
            label: "Erase the person",
            says: "For good, and never taken in again",
            tone: "bad" as const,
            icon: <ShieldX aria-hidden="true" />,
            onSelect: () => setAsked("erase"),
          },
        ]
      : []),
    ...(can("contacts:bulk")
      ? [
          { kind: "line" as const },
          {
            label: "Delete the contact",
            says: "Can be taken back",
            tone: "bad" as const,
            icon: <Trash2 aria-hidden="true" />,
            onSelect: () => setAsked("delete"),
          },
        ]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <Menu
        label="More about this person"
        width={260}
        trigger={
          <IconButton label="More about this person" size="row">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
        items={items}
      />
      {asked && (
        <Suspense fallback={null}>
          <PersonDialog act={asked} contact={contact} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}
