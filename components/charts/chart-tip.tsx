import { colorOf, type Series } from "./series";

export function ChartTip({ title, lines }: { title: string; lines: readonly { series: Series; text: string }[] }) {
  return (
    <div className="num rounded-md border border-line bg-raised px-2.5 py-2 text-12 shadow-float">
      <p className="mb-1 font-medium">{title}</p>
      {lines.map(({ series, text }) => (
        <p key={series.id} className="flex items-center gap-2">
          <span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: colorOf(series) }} />
          <span className="text-soft">{series.label}</span>
          <span className="ml-auto pl-4 font-medium">{text}</span>
        </p>
      ))}
    </div>
  );
}
