import type { ReactNode } from "react";

/** Who speaks, what this is, and the one thing to do. */
export function PublicPage({ from, title, children }: { from: string | null; title: string; children: ReactNode }) {
  return (
    <>
      {from && <p className="mb-1.5 text-13 font-medium text-soft">{from}</p>}
      <h1 className="text-20 tracking-[-0.015em]">{title}</h1>
      <div className="mt-2.5 text-14 leading-6">{children}</div>
    </>
  );
}

export function TooOften() {
  return (
    <PublicPage from={null} title="One moment">
      <p className="text-soft">Many requests came from this place. Wait a minute, then open the link again.</p>
    </PublicPage>
  );
}

const looks = {
  primary: "border-accent bg-accent text-accent-ink hover:bg-accent-hover",
  plain: "border-line-field bg-surface hover:bg-hover",
};

/** A form with one button: it works where no script runs, by keyboard and by finger. */
export function OneButton({
  action,
  fields,
  label,
  says,
  look = "plain",
}: {
  action: string;
  fields: Record<string, string>;
  label: string;
  /** What a screen reader is told where the label alone says too little. */
  says?: string;
  look?: keyof typeof looks;
}) {
  return (
    <form method="post" action={action} className="flex-none">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button
        type="submit"
        aria-label={says}
        className={`inline-flex min-h-9 items-center whitespace-nowrap rounded-md border px-3.5 text-14 font-medium coarse:min-h-11 ${looks[look]}`}
      >
        {label}
      </button>
    </form>
  );
}
