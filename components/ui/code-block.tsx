import { CopyButton } from "./copy-button";

export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure className="relative rounded-md border border-line bg-sunken">
      <figcaption className="flex h-9 items-center justify-between border-b border-line pr-1 pl-3 text-12 text-soft">
        {label}
        <CopyButton text={code} label={`Copy ${label}`} iconOnly size="row" />
      </figcaption>
      {/* A long line scrolls, and must do so by keyboard too. */}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a way in for the keyboard
        tabIndex={0}
        aria-label={label}
        className="focus-inset overflow-x-auto px-3 py-2.5"
      >
        <pre className="font-mono text-12 leading-[18px]">
          <code>{code}</code>
        </pre>
      </section>
    </figure>
  );
}
