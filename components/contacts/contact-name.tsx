import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";

/** What a contact is called where the name is not known: by what else tells them apart. */
export function nameOf(contact: {
  name: string;
  email?: string | null;
  phone?: string | null;
  externalId?: string | null;
}): string {
  return contact.name || contact.email || contact.phone || contact.externalId || "Without a name";
}

/** Initials and name. The name is the person's own text: its letters run as they run, and a long one is cut. */
export function ContactName({ contact, className }: { contact: Parameters<typeof nameOf>[0]; className?: string }) {
  const name = nameOf(contact);
  return (
    <span className={cn("flex min-w-0 items-center gap-2", className)}>
      <Avatar name={name} />
      <bdi dir="auto" title={name} className={cn("min-w-0 truncate font-medium", !contact.name && "text-soft")}>
        {name}
      </bdi>
    </span>
  );
}
