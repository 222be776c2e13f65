import { Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

const columns = ["Name", "Begins with", "May", "State", "Last used", "Ends", "Created by"].map((header) => ({
  header,
}));

export default function AgentsLoading() {
  return (
    <Page>
      <PageHead title="Agents and API" />
      <Late label="Loading the keys">
        <TableSkeleton columns={columns} rows={4} />
      </Late>
    </Page>
  );
}
