"use client";

import { lazy, Suspense } from "react";
import { Bone, Late } from "@/components/feedback/skeleton";
import type { Point, Series } from "./series";

export type PlotProps = {
  /** One sentence for those who do not see it; the table is behind it. */
  label: string;
  series: readonly Series[];
  points: readonly Point[];
  format: (value: number) => string;
  formatAt?: (at: string) => string;
  height?: number;
  /** Names stand at the ends of lines; off where they would run into each other, then use the legend. */
  names?: "ends" | "off";
};

const Lines = lazy(() => import("./plots").then((module) => ({ default: module.LinePlot })));
const Bars = lazy(() => import("./plots").then((module) => ({ default: module.BarPlot })));

/** The plotting library is heavier than a page: it comes when a chart is drawn, into room that was kept for it. */
export function LineChart(props: PlotProps) {
  return (
    <Suspense fallback={<Room height={props.height} />}>
      <Lines {...props} />
    </Suspense>
  );
}

/** Bars start at zero. */
export function BarChart(props: PlotProps & { isStacked?: boolean }) {
  return (
    <Suspense fallback={<Room height={props.height} />}>
      <Bars {...props} />
    </Suspense>
  );
}

function Room({ height = 220 }: { height?: number | undefined }) {
  return (
    <Late>
      <Bone height={height} className="opacity-20" />
    </Late>
  );
}
