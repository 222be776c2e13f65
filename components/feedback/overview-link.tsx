/** A plain link: pages that say that there is nothing are sent along with every other, and a button would bring its machinery twice. */
export function OverviewLink() {
  return (
    <a
      href="/overview"
      className="inline-flex h-(--control) items-center rounded-md border border-line-strong bg-surface px-[11px] text-13 font-medium hover:bg-hover coarse:text-14"
    >
      Go to the overview
    </a>
  );
}
