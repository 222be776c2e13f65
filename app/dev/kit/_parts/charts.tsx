"use client";

import { ChartFrame } from "@/components/charts/chart-frame";
import { BarChart, LineChart } from "@/components/charts/line-chart";
import type { Point, Series } from "@/components/charts/series";
import { Sparkline } from "@/components/charts/sparkline";

const money = (value: number) => `$${value.toLocaleString("en")}`;
const left: Series[] = [
  { id: "left", label: "Money left" },
  { id: "even", label: "Even spending", claim: "before" },
  { id: "forecast", label: "Forecast", claim: "estimate" },
];
const leftPoints: Point[] = Array.from({ length: 17 }, (_, at) => ({
  at: at <= 15 ? `${at * 2 + 2 > 30 ? at * 2 - 28 : at * 2 + 2} ${at * 2 + 2 > 30 ? "Dec" : "Nov"}` : "4 Dec",
  values: {
    left: at <= 9 ? Math.round(160 - at * 9.6 - (at % 3) * 2) : null,
    even: Math.round(160 - at * 10),
    forecast: at >= 9 ? Math.round(73 - (at - 9) * 8.8) : null,
  },
}));
const channels: Series[] = [
  { id: "email", label: "Email", color: "var(--ch-email)" },
  { id: "whatsapp", label: "WhatsApp", color: "var(--ch-whatsapp)" },
  { id: "sms", label: "SMS", color: "var(--ch-sms)" },
];
const weeks: Point[] = ["26 Oct", "2 Nov", "9 Nov", "16 Nov"].map((at, place) => ({
  at,
  values: { email: 2100 + place * 210, whatsapp: 1500 + place * 340, sms: 320 - place * 30 },
}));
const days = [3, 4, 8, 3, 3, 5, 5, 4, 5, 9, 4, 3, 5, 4, 5, 10, 5, 4, 6, 5, 6, 11, 7, 6, 12, 8, 9, 9];

export function Charts() {
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <ChartFrame
        title="At this pace $11 are left on the last day"
        says="160.00 for 32 days"
        series={left}
        points={leftPoints}
        format={money}
      >
        <LineChart
          label="Money left falls from $160 to $73 by now, and to about $11 by 4 December"
          series={left}
          points={leftPoints}
          format={money}
        />
      </ChartFrame>
      <ChartFrame
        title="WhatsApp grew every week, SMS shrank"
        says="Revenue by channel"
        series={channels}
        points={weeks}
        format={money}
        atHeader="Week"
        legend="blocks"
      >
        <BarChart label="Revenue by channel over four weeks" series={channels} points={weeks} format={money} />
      </ChartFrame>
      <div>
        <Sparkline
          values={days}
          before={days.map((value) => value * 0.8)}
          label="Orders a day over 28 days, from 3 to 9"
        />
      </div>
      <ul className="flex flex-wrap gap-3 text-12 text-soft" aria-label="Chart colours in their order">
        {Array.from({ length: 8 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the colours are numbered
          <li key={at} className="inline-flex items-center gap-1.5">
            <span className="size-4 rounded-[3px]" style={{ background: `var(--chart-${at + 1})` }} />
            {at + 1}
          </li>
        ))}
      </ul>
    </div>
  );
}
