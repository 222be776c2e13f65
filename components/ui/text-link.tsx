import type { Route } from "next";
import Link from "next/link";
import type { ComponentPropsWithRef } from "react";
import { cn } from "./class-names";

const looks = {
  accent: "font-medium text-accent-text hover:underline hover:underline-offset-3",
  ink: "under hover:decoration-ink",
  name: "font-medium text-ink hover:underline hover:underline-offset-3",
};

/** `accent` leads on, `ink` sits in a sentence, `name` is the first cell of a row. */
export function TextLink({
  href,
  look = "accent",
  className,
  children,
  ...rest
}: Omit<ComponentPropsWithRef<"a">, "href"> & { href: string; look?: keyof typeof looks }) {
  const classes = cn("rounded-sm focus-visible:rounded-sm", looks[look], className);
  if (/^[a-z]+:/i.test(href) || href.startsWith("#"))
    return (
      <a
        href={href}
        className={classes}
        {...(href.startsWith("http") ? { target: "_blank", rel: "noreferrer" } : {})}
        {...rest}
      >
        {children}
      </a>
    );
  return (
    <Link href={href as Route} className={classes} {...rest}>
      {children}
    </Link>
  );
}
