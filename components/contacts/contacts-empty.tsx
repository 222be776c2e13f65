import { Upload } from "lucide-react";
import { EmptyState } from "@/components/feedback/empty-state";
import { Button, ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";

/** The first minute with contacts: three ways in, the shortest first. */
export default function ContactsEmpty({ onNew, mayImport }: { onNew?: (() => void) | undefined; mayImport: boolean }) {
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
          {onNew && <Button onClick={onNew}>Add one by hand</Button>}
        </>
      }
    >
      A spreadsheet saved as CSV is the quickest start: columns are recognised, and every import can be taken back.
      Programs write contacts through <TextLink href="/docs">the API</TextLink>, one at a time or a thousand.
    </EmptyState>
  );
}
