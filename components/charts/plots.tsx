"use client";

import type { ReactNode } from "react";
import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartTip } from "./chart-tip";
import type { PlotProps } from "./line-chart";
import { colorOf, dashOf, type Point, type Series } from "./series";

const tick = { fill: "var(--ink-soft)", fontSize: 12 };

function rowsOf({ points, series }: PlotProps) {
  return points.map((point) => ({
    at: point.at,
    ...Object.fromEntries(series.map((each) => [each.id, point.values[each.id] ?? null])),
  }));
}

function axes({ format, formatAt }: PlotProps): ReactNode[] {
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis
      key="x"
      dataKey="at"
      tick={tick}
      tickLine={false}
      axisLine={{ stroke: "var(--line-strong)" }}
      interval="preserveStartEnd"
      minTickGap={48}
      {...(formatAt ? { tickFormatter: formatAt } : {})}
    />,
    <YAxis key="y" tick={tick} tickLine={false} axisLine={false} width="auto" tickCount={4} tickFormatter={format} />,
  ];
}

function tip({ series, format, formatAt }: PlotProps, cursor: object) {
  return (
    <Tooltip
      isAnimationActive={false}
      cursor={cursor}
      content={({ active, payload, label }) =>
        active && payload?.length ? (
          <ChartTip
            title={formatAt ? formatAt(String(label)) : String(label)}
            lines={series.map((each) => {
              const value = payload.find((part) => part.dataKey === each.id)?.value;
              return { series: each, text: typeof value === "number" ? format(value) : "—" };
            })}
          />
        ) : null
      }
    />
  );
}

function Frame({ label, height = 220, children }: { label: string; height?: number | undefined; children: ReactNode }) {
  return (
    <div role="img" aria-label={label} style={{ height }} className="num">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height }}>
        {children}
      </ResponsiveContainer>
    </div>
  );
}

/** The name stands at the line's last point: nobody has to look a colour up. */
function nameAtEnd(series: Series, points: readonly Point[]) {
  const last = points.findLastIndex((point) => typeof point.values[series.id] === "number");
  return ({ x, y, index }: { x?: number | string; y?: number | string; index?: number }) =>
    index === last ? (
      <text
        x={Number(x) + 8}
        y={Number(y)}
        dy="0.32em"
        fontSize={12}
        fill={series.claim === "before" ? "var(--ink-faint)" : colorOf(series)}
      >
        {series.label}
      </text>
    ) : null;
}

export function LinePlot(props: PlotProps) {
  const namesFit = props.names !== "off";
  const longest = Math.max(...props.series.map((each) => each.label.length));
  return (
    <Frame label={props.label} height={props.height}>
      <LineChart
        data={rowsOf(props)}
        margin={{ top: 8, right: namesFit ? longest * 6.5 + 14 : 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        {axes(props)}
        {tip(props, { stroke: "var(--line-strong)" })}
        {props.series.map((each) => {
          const dash = dashOf(each);
          return (
            <Line
              key={each.id}
              dataKey={each.id}
              name={each.label}
              type="linear"
              stroke={colorOf(each)}
              strokeWidth={1.75}
              {...(dash ? { strokeDasharray: dash } : {})}
              dot={false}
              activeDot={{ r: 3, strokeWidth: 0 }}
              isAnimationActive={false}
              connectNulls={false}
              {...(namesFit ? { label: nameAtEnd(each, props.points) } : {})}
            />
          );
        })}
      </LineChart>
    </Frame>
  );
}

export function BarPlot(props: PlotProps & { isStacked?: boolean }) {
  return (
    <Frame label={props.label} height={props.height}>
      <BarChart
        data={rowsOf(props)}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="22%"
      >
        {axes(props)}
        {tip(props, { fill: "var(--hover)" })}
        {props.series.map((each) => (
          <Bar
            key={each.id}
            dataKey={each.id}
            name={each.label}
            fill={colorOf(each)}
            {...(props.isStacked ? { stackId: "all" } : { radius: [2, 2, 0, 0] as [number, number, number, number] })}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </Frame>
  );
}
