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

/**
 * Initials and name. The name is the person's own text: its letters run as they run, and a long one is cut, but not
 * where two people are told apart by it (`isWhole`): there a phone gives the room of the initials to the name.
 */
export function ContactName({
  contact,
  className,
  isWhole = false,
}: {
  contact: Parameters<typeof nameOf>[0];
  className?: string;
  isWhole?: boolean;
}) {
  const name = nameOf(contact);
  return (
    <span className={cn("flex min-w-0 items-center gap-2", className)}>
      {isWhole ? (
        <span className="flex-none max-sm:hidden">
          <Avatar name={name} />
        </span>
      ) : (
        <Avatar name={name} />
      )}
      <bdi
        dir="auto"
        title={name}
        className={cn(
          "min-w-0 font-medium",
          isWhole ? "[overflow-wrap:anywhere] sm:truncate" : "truncate",
          !contact.name && "text-soft",
        )}
      >
        {name}
      </bdi>
    </span>
  );
}
