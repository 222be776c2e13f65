import { Page } from "@/components/ui/page-head";
import { Bone, Late, TableSkeleton } from "./skeleton";

/** For a route's loading file: a title, a sentence and a list, where they will be. */
export function PageSkeleton({ columns = 4, rows = 8 }: { columns?: number; rows?: number }) {
  return (
    <Page>
      <Late>
        <div className="mb-5 grid gap-2.5 pt-1.5">
          <Bone width={180} height={16} />
          <Bone width={300} />
        </div>
        <TableSkeleton columns={Array.from({ length: columns }, () => ({ header: "" }))} rows={rows} />
      </Late>
    </Page>
  );
}
