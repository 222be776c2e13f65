import { Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

const columns = ["Segment", "People", "Last 30 days", "Counted"].map((header) => ({ header }));

export default function SegmentsLoading() {
  return (
    <Page>
      <PageHead title="Segments" />
      <Late label="Loading the segments">
        <TableSkeleton columns={columns} rows={6} />
      </Late>
    </Page>
  );
}
