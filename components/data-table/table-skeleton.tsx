import { TableSkeleton } from "@/components/feedback/skeleton";
import type { Column } from "./column";

/** The skeleton of a table, from the columns it will have. */
export function ColumnsSkeleton<Row>({ columns, rows = 6 }: { columns: readonly Column<Row>[]; rows?: number }) {
  return <TableSkeleton columns={columns.filter((column) => !column.isHiddenAtFirst)} rows={rows} />;
}
