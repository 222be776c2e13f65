import { Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

const columns = ["Name", "E-mail", "Type", "Stage", "Score", "Owner"].map((header) => ({ header }));

export default function ContactsLoading() {
  return (
    <Page>
      <PageHead title="Contacts" />
      <Late label="Loading the contacts">
        <TableSkeleton columns={columns} rows={14} />
      </Late>
    </Page>
  );
}
