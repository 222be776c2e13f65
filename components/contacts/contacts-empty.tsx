import { Upload } from "lucide-react";
import { EmptyState } from "@/components/feedback/empty-state";
import { ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";

/** The first minute with contacts: three ways in, the shortest first. */
export default function ContactsEmpty({ mayWrite, mayImport }: { mayWrite: boolean; mayImport: boolean }) {
  return (
    <EmptyState
      title="Nobody here yet"
      action={
        <>
          {mayImport && (
            <ButtonLink href="/contacts/import" icon={<Upload aria-hidden="true" />}>
              Import a file
            </ButtonLink>
          )}
          {/* An address, because this is the first thing that is pressed, often before the page's machinery is there. */}
          {mayWrite && <ButtonLink href="/contacts?new=1">Add one by hand</ButtonLink>}
        </>
      }
    >
      A spreadsheet saved as CSV is the quickest start: columns are recognised, and every import can be taken back.
      Programs write contacts through <TextLink href="/docs">the API</TextLink>, one at a time or a thousand.
    </EmptyState>
  );
}
