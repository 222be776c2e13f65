"use client";

import { Download, Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { Column } from "@/components/data-table/column";
import { csvFileName, saveFile, toCsv } from "@/components/data-table/csv";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { colorOf, dashOf, type Point, type Series } from "./series";

/** A sentence that says what one sees, the picture, and its table behind it. */
export function ChartFrame({
  title,
  says,
  series,
  points,
  format,
  atHeader = "When",
  formatAt = (at) => at,
  legend,
  actions,
  children,
}: {
  /** A finding, not a heading: "Revenue grew by a fifth, most of it through WhatsApp". */
  title: string;
  says?: ReactNode;
  series: readonly Series[];
  points: readonly Point[];
  format: (value: number) => string;
  atHeader?: string;
  formatAt?: (at: string) => string;
  /** Labels stand at the mark where that works; then no legend. */
  legend?: "lines" | "blocks" | undefined;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const columns: Column<Point>[] = [
    { id: "at", header: atHeader, cell: (point) => formatAt(point.at), csv: (point) => point.at },
    ...series.map(
      (each): Column<Point> => ({
        id: each.id,
        header: each.label,
        align: "right",
        cell: (point) => {
          const value = point.values[each.id];
          return value === null || value === undefined ? "—" : format(value);
        },
        csv: (point) => point.values[each.id],
      }),
    ),
  ];
  return (
    <figure aria-labelledby={id} className="min-w-0">
      <figcaption className="mb-2 flex items-start gap-2">
        <div className="min-w-0 grow">
          <p id={id} className="text-14 font-semibold">
            {title}
          </p>
          {says && <p className="text-12 text-soft">{says}</p>}
        </div>
        {actions}
        <IconButton
          label={isTable ? "Show the chart" : "Show the table"}
          aria-pressed={isTable}
          size="row"
          onClick={() => setTable(!isTable)}
        >
          <Table2 aria-hidden="true" />
        </IconButton>
        <IconButton
          label="Export as CSV"
          size="row"
          onClick={() => saveFile(csvFileName(title), toCsv(columns, points))}
        >
          <Download aria-hidden="true" />
        </IconButton>
      </figcaption>
      {isTable ? (
        <ChartTable columns={columns} points={points} label={title} />
      ) : (
        <>
          {children}
          {legend && <Legend series={series} marks={legend} />}
        </>
      )}
    </figure>
  );
}

function ChartTable({
  columns,
  points,
  label,
}: {
  columns: readonly Column<Point>[];
  points: readonly Point[];
  label: string;
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a way in for the keyboard
      tabIndex={0}
      className="focus-inset max-h-72 overflow-auto rounded-lg border border-line bg-surface"
    >
      <table className="num w-full border-separate border-spacing-0 text-13">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cn(
                  "h-[30px] border-b border-line px-3 text-12 font-medium text-soft",
                  column.align === "right" ? "text-right" : "text-left",
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.at}>
              {columns.map((column) => (
                <td key={column.id} className={cn("h-[30px] px-3", column.align === "right" && "text-right")}>
                  {column.cell(point)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The mark as it is drawn, and its word. */
export function Legend({ series, marks }: { series: readonly Series[]; marks: "lines" | "blocks" }) {
  return (
    <ul className="mt-1.5 flex flex-wrap gap-x-3.5 gap-y-1 text-12 text-soft">
      {series.map((each) => (
        <li key={each.id} className="inline-flex items-center gap-1.5">
          {marks === "blocks" ? (
            <span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: colorOf(each) }} />
          ) : (
            <svg width="16" height="6" aria-hidden="true">
              <line
                x1="0"
                y1="3"
                x2="16"
                y2="3"
                stroke={colorOf(each)}
                strokeWidth="1.75"
                strokeDasharray={dashOf(each)}
              />
            </svg>
          )}
          {each.label}
        </li>
      ))}
    </ul>
  );
}
