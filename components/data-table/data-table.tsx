"use client";

import { ArrowDown, ArrowUp, Columns3, Download, Ellipsis } from "lucide-react";
import {
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { announce } from "@/components/feedback/announcer";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { isLayerOpen, isTyping } from "@/components/ui/keyboard";
import { Menu } from "@/components/ui/menu";
import { type PageTurns, Pagination } from "@/components/ui/pagination";
import { Spinner } from "@/components/ui/spinner";
import type { Column, Density, Sort } from "./column";
import { nextSort } from "./column";
import { csvFileName, saveFile, toCsv } from "./csv";
import { keepShown, nothingSelected, toggle, toggleAll, toggleRange } from "./selection";
import { readSetup, type SavedView, type ViewStore, writeSetup } from "./views";
import { ViewsButton } from "./views-button";

const VirtualRows = lazy(() => import("./virtual-rows"));
const virtualFrom = 200;

/** The chosen rows, or everything that the filters match: also what no page has shown yet. */
export type Reach = "rows" | "matching";

export type BulkAct<Row> = {
  label: string;
  tone?: "plain" | "bad";
  keys?: string;
  offBecause?: (rows: Row[], reach: Reach) => string | undefined;
  run: (rows: Row[], clear: () => void, reach: Reach) => void;
};

export type DataTableProps<Row> = {
  /** Names the table for readers, its saved setup and its file. */
  id: string;
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What a reader calls this row: "Select Josette Alcindor". */
  rowLabel: (row: Row) => string;
  sort?: Sort | null;
  onSortChange?: (sort: Sort | null) => void;
  onOpen?: (row: Row) => void;
  bulk?: readonly BulkAct<Row>[];
  /** Once all rows shown are chosen, the acts may be turned on everything that the filters match. */
  reachesAll?: boolean;
  /** Filter chips and search, at the left of the tools. */
  filters?: ReactNode;
  /** What the page writes in its URL, for saved views. */
  filterState?: string;
  onApplyView?: (view: SavedView) => void;
  viewStore?: ViewStore;
  pages?: PageTurns;
  /** Rows that arrived since one looked: a bar that fades. */
  freshIds?: ReadonlySet<string>;
  /** Rows being saved. */
  busyIds?: ReadonlySet<string>;
  /** Acts of one row, behind its last cell. */
  rowActs?: (row: Row) => ReactNode;
  /** Under the head when filters leave nothing. */
  nothing?: ReactNode;
  csvName?: string;
  /** How much of the window the table may fill before it scrolls by itself. */
  maxHeight?: string;
  /** Answers to j and k from anywhere on the page. One table per page does. */
  hasHotkeys?: boolean;
  hasTools?: boolean;
};

export function DataTable<Row>({
  id,
  label,
  columns,
  rows,
  rowId,
  rowLabel,
  sort,
  onSortChange,
  onOpen,
  bulk,
  reachesAll = false,
  filters,
  filterState = "",
  onApplyView,
  viewStore,
  pages,
  freshIds,
  busyIds,
  rowActs,
  nothing = "Nothing matches these filters.",
  csvName,
  maxHeight = "calc(100dvh - 188px)",
  hasHotkeys = true,
  hasTools = true,
}: DataTableProps<Row>) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(columns.filter((column) => column.isHiddenAtFirst).map((column) => column.id)),
  );
  const [density, setDensity] = useState<Density>("normal");
  const [selection, keepSelection] = useState(nothingSelected);
  /** The filters for which "everything" was chosen: other filters are another everything. */
  const [reachFor, setReachFor] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<((index: number) => void) | null>(null);

  useEffect(() => {
    const kept = readSetup(id);
    if (kept.hidden) setHidden(new Set(kept.hidden));
    setDensity(kept.density);
  }, [id]);

  const order = useMemo(() => rows.map(rowId), [rows, rowId]);
  const chosen = keepShown(selection, order);
  const shown = columns.filter((column) => !hidden.has(column.id));
  const canSelect = Boolean(bulk);
  const isVirtual = rows.length > virtualFrom;
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const allChosen = order.length > 0 && order.every((each) => chosen.ids.has(each));
  const canReachAll = reachesAll && allChosen && pages?.kind === "more" && pages.hasMore;
  const reach: Reach = canReachAll && reachFor === filterState ? "matching" : "rows";
  const setSelection = (next: typeof selection) => {
    setReachFor(null);
    keepSelection(next);
  };

  const setUp = (nextHidden: ReadonlySet<string>, nextDensity: Density) => {
    setHidden(nextHidden);
    setDensity(nextDensity);
    writeSetup(id, { hidden: [...nextHidden], density: nextDensity });
  };

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    scrollTo.current?.(next);
    const focus = () => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus();
    // A row far away is drawn after the list has scrolled to it.
    requestAnimationFrame(() => {
      focus();
      if (isVirtual) requestAnimationFrame(focus);
    });
  };

  const select = (rowAt: string, reach: boolean) =>
    setSelection(reach ? toggleRange(chosen, rowAt, order) : toggle(chosen, rowAt));

  const onRowKey = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    // Events of a menu opened from a row come through here too, though the menu hangs elsewhere in the page.
    if (event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return;
    const onRow = event.target instanceof HTMLTableRowElement;
    const current = rows[at];
    const steps: Record<string, number> = { j: 1, k: -1, arrowdown: 1, arrowup: -1, pagedown: 12, pageup: -12 };
    const actFor = (key: string): (() => void) | undefined => {
      const step = steps[key];
      if (step !== undefined) return () => focusRow(at + step);
      if (key === "home" || key === "end") return () => focusRow(key === "home" ? 0 : rows.length - 1);
      if (key === "x" && canSelect && current) return () => select(rowId(current), event.shiftKey);
      if (key === "enter" && onRow && onOpen && current) return () => onOpen(current);
      if (key === "escape" && chosen.ids.size > 0) return () => setSelection(nothingSelected);
      return undefined;
    };
    const run = actFor(event.key.toLowerCase());
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  useEffect(() => {
    if (!hasHotkeys || rows.length === 0) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if ((event.key !== "j" && event.key !== "k") || isTyping(event.target) || isLayerOpen()) return;
      if (scroller.current?.contains(document.activeElement) && document.activeElement?.closest("tbody")) return;
      event.preventDefault();
      scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [hasHotkeys, rows.length]);

  const chosenRows = () => rows.filter((row) => chosen.ids.has(rowId(row)));
  const exportRows = () => {
    const subject = chosen.ids.size > 0 ? chosenRows() : rows;
    saveFile(csvFileName(csvName ?? label), toCsv(shown, subject));
    announce(`${subject.length} rows written to a file`);
  };

  const onRowClick = (event: MouseEvent<HTMLTableRowElement>, row: Row, index: number) => {
    if (!event.currentTarget.contains(event.target as Node)) return;
    if ((event.target as Element).closest("a, button, input, label, select, [data-stop]")) return;
    setActive(index);
    if (canSelect && event.shiftKey) {
      window.getSelection()?.removeAllRanges();
      select(rowId(row), true);
    } else if (!window.getSelection()?.toString()) onOpen?.(row);
  };

  const renderRow = (index: number, measure?: (element: HTMLTableRowElement | null) => void) => {
    const row = rows[index];
    if (row === undefined) return null;
    const own = rowId(row);
    const isChosen = chosen.ids.has(own);
    const isBusy = busyIds?.has(own) ?? false;
    return (
      <tr
        key={own}
        ref={measure}
        data-index={index}
        aria-rowindex={isVirtual ? index + 2 : undefined}
        tabIndex={index === at ? 0 : -1}
        aria-busy={isBusy || undefined}
        onClick={(event) => onRowClick(event, row, index)}
        onFocus={() => setActive(index)}
        className={cn(
          "group/row relative scroll-mt-[30px] scroll-mb-12 border-line focus-visible:rounded-none focus-visible:outline-offset-[-2px]",
          "max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto_auto] max-sm:gap-x-3 max-sm:border-b max-sm:pr-4 max-sm:py-2.5",
          isChosen ? "bg-accent-soft" : "hover:bg-hover",
          isBusy && "text-faint [&_td_*]:!text-faint",
          canSelect ? "max-sm:pl-4" : "max-sm:pl-1",
          onOpen && "cursor-pointer",
        )}
      >
        {canSelect && (
          <td className={cn(cellClass, "w-[34px] !pr-0 max-sm:row-span-3 max-sm:!p-0")}>
            {isBusy ? (
              <Spinner />
            ) : (
              <Checkbox
                hideLabel
                label={`Select ${rowLabel(row)}`}
                checked={isChosen}
                onChange={() => {}}
                onClick={(event) => select(own, event.shiftKey)}
                className="-my-1 -ml-[5px] coarse:-my-2.5 coarse:-ml-3"
              />
            )}
          </td>
        )}
        {shown.map((column, place) => (
          <td
            key={column.id}
            className={cn(cellClass, column.align === "right" && "text-right", cardClass(column, place))}
          >
            {place === 0 && freshIds?.has(own) && (
              <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] animate-fresh bg-info" />
            )}
            {needsLabel(column, place) && (
              <span className="mr-2 hidden text-12 text-faint max-sm:inline">{column.header}</span>
            )}
            {column.cell(row)}
          </td>
        ))}
        {rowActs && (
          <td
            data-stop=""
            className={cn(
              cellClass,
              "text-right sm:w-px max-sm:col-start-4 max-sm:row-start-1 max-sm:-my-1.5 max-sm:-mr-2.5",
            )}
          >
            {rowActs(row)}
          </td>
        )}
      </tr>
    );
  };

  const width = shown.length + (canSelect ? 1 : 0) + (rowActs ? 1 : 0);

  return (
    <div className="min-w-0">
      {(filters || hasTools) && (
        <div className="mb-2.5 flex flex-wrap items-center gap-2">
          <div className="flex min-w-0 grow flex-wrap items-center gap-1.5">{filters}</div>
          {hasTools && (
            <div className="flex items-center gap-0.5">
              {viewStore && (
                <ViewsButton
                  store={viewStore}
                  now={{ hidden: [...hidden], density, sort: sort ?? null, filters: filterState }}
                  onApply={(view) => {
                    setUp(new Set(view.hidden), view.density);
                    onSortChange?.(view.sort);
                    onApplyView?.(view);
                  }}
                />
              )}
              <Menu
                label="Columns and density"
                align="end"
                trigger={
                  <IconButton label="Columns and density" size="row">
                    <Columns3 aria-hidden="true" />
                  </IconButton>
                }
                items={[
                  { kind: "label", label: "Columns" },
                  ...columns.map((column, place) => ({
                    kind: "check" as const,
                    label: column.header,
                    isOn: !hidden.has(column.id),
                    staysOpen: true,
                    ...(place === 0 || column.hideable === false ? { offBecause: "always" } : {}),
                    onChange: (isOn: boolean) => {
                      const next = new Set(hidden);
                      if (isOn) next.delete(column.id);
                      else next.add(column.id);
                      setUp(next, density);
                    },
                  })),
                  { kind: "line" },
                  {
                    kind: "choice",
                    label: "Rows",
                    value: density,
                    choices: [
                      { value: "normal", label: "Comfortable" },
                      { value: "dense", label: "Dense" },
                    ],
                    onChange: (next) => setUp(hidden, next === "dense" ? "dense" : "normal"),
                  },
                ]}
              />
              {columns.some((column) => column.csv) && (
                <IconButton label="Export what is seen as CSV" size="row" onClick={exportRows}>
                  <Download aria-hidden="true" />
                </IconButton>
              )}
            </div>
          )}
        </div>
      )}

      <div className="relative overflow-clip rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0">
        <div ref={scroller} className="overflow-auto overscroll-x-contain" style={{ maxHeight }}>
          <table
            aria-label={label}
            aria-rowcount={isVirtual ? rows.length + 1 : undefined}
            data-density={density}
            className={cn(
              "num w-full border-separate border-spacing-0 text-13 max-sm:block",
              density === "dense" ? "[--cell:var(--row-dense)]" : "[--cell:var(--row)]",
              isVirtual && "sm:table-fixed",
            )}
          >
            <thead className="sticky top-0 z-10 bg-surface max-sm:sr-only">
              <tr>
                {canSelect && (
                  <th scope="col" className={cn(headClass, "w-[34px] !pr-0")}>
                    <Checkbox
                      hideLabel
                      label={allChosen ? "Clear the selection" : "Select all rows shown"}
                      checked={allChosen}
                      indeterminate={chosen.ids.size > 0 && !allChosen}
                      onChange={() => setSelection(toggleAll(chosen, order))}
                      className="-my-1 -ml-[5px]"
                    />
                  </th>
                )}
                {shown.map((column) => (
                  <Head
                    key={column.id}
                    column={column}
                    direction={sort?.id === column.id ? sort.direction : null}
                    {...(column.sortable && onSortChange
                      ? { onSort: () => onSortChange(nextSort(sort, column.id)) }
                      : {})}
                  />
                ))}
                {rowActs && (
                  <th scope="col" className={cn(headClass, "w-[54px]")}>
                    <span className="sr-only">Acts</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody
              onKeyDown={onRowKey}
              className="max-sm:block [&>tr:last-child>td]:border-b-0 max-sm:[&>tr:last-child]:border-b-0"
            >
              {rows.length === 0 ? (
                <tr className="max-sm:block">
                  <td colSpan={width} className="px-3.5 py-8 text-13 text-soft max-sm:block">
                    {nothing}
                  </td>
                </tr>
              ) : isVirtual ? (
                <Suspense fallback={rows.slice(0, 60).map((_, index) => renderRow(index))}>
                  <VirtualRows
                    count={rows.length}
                    scroller={scroller}
                    rowHeight={density === "dense" ? 30 : 36}
                    span={width}
                    renderRow={renderRow}
                    scrollTo={scrollTo}
                  />
                </Suspense>
              ) : (
                rows.map((_, index) => renderRow(index))
              )}
            </tbody>
          </table>
        </div>
        {bulk && chosen.ids.size > 0 && (
          <BulkBar
            count={chosen.ids.size}
            acts={bulk}
            rows={chosenRows()}
            reach={reach}
            {...(canReachAll && reach === "rows" ? { onReachAll: () => setReachFor(filterState) } : {})}
            clear={() => {
              setSelection(nothingSelected);
              focusRow(at);
            }}
          />
        )}
      </div>
      {pages && <Pagination {...pages} />}
    </div>
  );
}

const cellClass =
  "h-(--cell) whitespace-nowrap border-b border-line px-2.5 first:pl-3.5 last:pr-3.5 max-sm:block max-sm:h-auto max-sm:border-b-0 max-sm:!p-0";
const headClass =
  "h-[30px] whitespace-nowrap border-b border-line bg-surface px-2.5 text-left text-12 font-medium text-soft first:pl-3.5 last:pr-3.5";

function cardPlace<Row>(column: Column<Row>, place: number) {
  return column.card ?? (place === 0 ? "title" : "line");
}

function needsLabel<Row>(column: Column<Row>, place: number): boolean {
  return cardPlace(column, place) === "line";
}

function cardClass<Row>(column: Column<Row>, place: number): string {
  switch (cardPlace(column, place)) {
    case "title":
      return "max-sm:col-start-2 max-sm:row-start-1 max-sm:min-w-0 max-sm:truncate max-sm:text-16 max-sm:leading-6";
    case "end":
      return "max-sm:col-start-3 max-sm:row-start-1 max-sm:self-center";
    case "off":
      return "max-sm:!hidden";
    default:
      return "max-sm:col-span-3 max-sm:col-start-2 max-sm:min-w-0 max-sm:truncate max-sm:pt-0.5 max-sm:!text-left";
  }
}

function Head<Row>({
  column,
  direction,
  onSort,
}: {
  column: Column<Row>;
  direction: "up" | "down" | null;
  onSort?: () => void;
}) {
  const Arrow = direction === "down" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      style={column.width ? { width: column.width } : undefined}
      aria-sort={direction ? (direction === "up" ? "ascending" : "descending") : undefined}
      className={cn(headClass, column.align === "right" && "!text-right")}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            "group/sort -mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink",
            column.align === "right" && "flex-row-reverse",
            direction && "text-ink",
          )}
        >
          {column.header}
          <Arrow aria-hidden="true" className={cn("!size-3", !direction && "invisible group-hocus/sort:visible")} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function BulkBar<Row>({
  count,
  acts,
  rows,
  reach,
  onReachAll,
  clear,
}: {
  count: number;
  acts: readonly BulkAct<Row>[];
  rows: Row[];
  reach: Reach;
  onReachAll?: () => void;
  clear: () => void;
}) {
  const [first, second, ...rest] = acts;
  const button = (act: BulkAct<Row> | undefined) =>
    act && (
      <Button
        key={act.label}
        size="row"
        variant={act.tone === "bad" ? "risky" : "second"}
        offBecause={act.offBecause?.(rows, reach)}
        {...(act.keys ? { keys: act.keys } : {})}
        onClick={() => act.run(rows, clear, reach)}
      >
        {act.label}
      </Button>
    );
  return (
    <div
      role="toolbar"
      aria-label="Acts for the selected rows"
      className="sticky bottom-0 z-20 flex min-h-10 flex-wrap items-center gap-2 border-t border-line bg-raised px-3.5 py-1.5 text-13"
    >
      <span className="num font-medium" aria-live="polite">
        {reach === "matching" ? "All that match are selected" : `${count.toLocaleString()} selected`}
      </span>
      {onReachAll && (
        <Button size="row" variant="quiet" onClick={onReachAll}>
          Select all that match
        </Button>
      )}
      <span className="mr-auto" />
      {button(first)}
      {button(second)}
      {rest.length > 0 && (
        <Menu
          label="More acts"
          align="end"
          side="top"
          trigger={
            <IconButton label="More acts" size="row">
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
          items={rest.map((act) => ({
            label: act.label,
            tone: act.tone ?? "plain",
            offBecause: act.offBecause?.(rows, reach),
            onSelect: () => act.run(rows, clear, reach),
          }))}
        />
      )}
      <Button size="row" variant="quiet" keys="escape" onClick={clear}>
        Clear
      </Button>
    </div>
  );
}
