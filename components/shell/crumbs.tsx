"use client";

import { ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Fragment, useEffect, useSyncExternalStore } from "react";

export type Crumb = { label: string; href?: string };

let trail: readonly Crumb[] = [];
const none: readonly Crumb[] = [];
const listeners = new Set<() => void>();

function setTrail(next: readonly Crumb[]): void {
  trail = next;
  for (const listener of listeners) listener();
}

/** What lies below the room: a page says where it is, the top bar shows it. */
export function Crumbs({ trail: own }: { trail: readonly Crumb[] }) {
  const key = JSON.stringify(own);
  useEffect(() => {
    setTrail(JSON.parse(key) as Crumb[]);
    return () => setTrail(none);
  }, [key]);
  return null;
}

export function CrumbTrail({ room }: { room: Crumb | undefined }) {
  const below = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => trail,
    () => none,
  );
  const all = [...(room ? [room] : []), ...below];
  return (
    <nav aria-label="Where you are" className="min-w-0 text-13 font-medium max-md:text-16 max-md:font-semibold">
      <ol className="flex min-w-0 items-center gap-1.5 whitespace-nowrap">
        {all.map((crumb, at) => {
          const isLast = at === all.length - 1;
          return (
            <Fragment key={crumb.label}>
              {at > 0 && (
                <li aria-hidden="true" className="text-faint max-sm:hidden">
                  <ChevronRight className="!size-3" />
                </li>
              )}
              <li className={isLast ? "min-w-0 truncate" : "max-sm:hidden"} aria-current={isLast ? "page" : undefined}>
                {isLast || !crumb.href ? (
                  crumb.label
                ) : (
                  <Link href={crumb.href as Route} className="font-normal text-soft hover:text-ink hover:underline">
                    {crumb.label}
                  </Link>
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
