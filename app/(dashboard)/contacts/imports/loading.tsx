import { Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

const columns = ["File", "State", "Rows", "By", "When"].map((header) => ({ header }));

export default function ImportsLoading() {
  return (
    <Page>
      <PageHead title="Imports and exports" />
      <Late label="Loading the imports">
        <TableSkeleton columns={columns} rows={6} />
      </Late>
    </Page>
  );
}
