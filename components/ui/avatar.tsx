import { cn } from "./class-names";

const sizes = { small: "size-[22px] text-[10px]", normal: "size-[26px] text-11", large: "size-9 text-13" };

export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : ([...(words[0] ?? "")][1] ?? "");
  return (first + last).toLocaleUpperCase();
}

/** Beside a written name it is decoration; alone, give it `alone` and it carries the name. */
export function Avatar({
  name,
  size = "small",
  square = false,
  alone = false,
}: {
  name: string;
  size?: keyof typeof sizes;
  square?: boolean;
  alone?: boolean;
}) {
  const look = cn(
    "inline-flex flex-none items-center justify-center bg-sunken font-semibold leading-none tracking-normal text-soft inset-ring inset-ring-line-strong",
    square ? "rounded-[5px]" : "rounded-full",
    sizes[size],
  );
  return alone ? (
    <span className={look} role="img" aria-label={name}>
      {initialsOf(name)}
    </span>
  ) : (
    // Drawn, not written: the name stands beside it, and a letter pair is no part of any control's name.
    <span
      className={cn(look, "before:content-[attr(data-initials)]")}
      data-initials={initialsOf(name)}
      aria-hidden="true"
    />
  );
}
