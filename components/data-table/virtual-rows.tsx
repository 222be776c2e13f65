"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect } from "react";

/** Draws what is in sight of ten thousand rows: a gap above, the rows, a gap below. */
export default function VirtualRows({
  count,
  scroller,
  rowHeight,
  span,
  renderRow,
  scrollTo,
}: {
  count: number;
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
  span: number;
  renderRow: (index: number, measure: (element: HTMLTableRowElement | null) => void) => ReactNode;
  scrollTo: RefObject<((index: number) => void) | null>;
}) {
  "use no memo"; // the virtualizer changes under a stable reference; a memoised read of it would freeze
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 30,
  });
  useEffect(() => {
    scrollTo.current = (index) => virtual.scrollToIndex(index, { align: "auto" });
    return () => {
      scrollTo.current = null;
    };
  }, [scrollTo, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density means other heights
  useEffect(() => virtual.measure(), [rowHeight, virtual]);

  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      <Gap height={above} span={span} />
      {items.map((item) => renderRow(item.index, virtual.measureElement))}
      <Gap height={below} span={span} />
    </>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr className="max-sm:block" style={{ height }}>
      <td colSpan={span} className="!border-0 !p-0" />
    </tr>
  );
}
