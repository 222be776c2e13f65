import { Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

const columns = ["What happened", "Action", "From", "Line", "When"].map((header) => ({ header }));

export default function AuditLoading() {
  return (
    <Page>
      <PageHead title="Audit" />
      <Late label="Loading the log">
        <TableSkeleton columns={columns} rows={12} />
      </Late>
    </Page>
  );
}
