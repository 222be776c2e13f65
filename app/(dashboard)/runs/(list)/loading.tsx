import { Bone, Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

const columns = ["Status", "Function", "About", "Event", "Started", "Took", "Next"].map((header) => ({ header }));

export default function RunsLoading() {
  return (
    <Page>
      <PageHead title="Runs" />
      <Late label="Loading the runs">
        <div className="grid gap-5">
          <Bone height={96} className="opacity-20" />
          <TableSkeleton columns={columns} rows={10} />
        </div>
      </Late>
    </Page>
  );
}
