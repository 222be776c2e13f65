"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import { ErrorState } from "./error-state";
import { Late } from "./skeleton";

/** The part of a TanStack query result this looks at. */
export type ViewedQuery<Data> = {
  data: Data | undefined;
  error: unknown;
  isPending: boolean;
  isFetching: boolean;
  dataUpdatedAt?: number;
  refetch: () => unknown;
};

/**
 * The four states of anything fetched, in one place. Data once shown stays: a failed refresh is a line above it, never a blank.
 */
export function QueryView<Data>({
  query,
  skeleton,
  empty,
  isEmpty,
  error,
  children,
}: {
  query: ViewedQuery<Data>;
  /** The shape of what comes. */
  skeleton: ReactNode;
  empty?: ReactNode;
  isEmpty?: (data: Data) => boolean;
  /** "The keys did not load", and what is not affected. */
  error: { title: string; safe?: ReactNode; action?: ReactNode };
  children: (data: Data) => ReactNode;
}) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    if (query.error)
      return (
        <ErrorState
          title={error.title}
          safe={error.safe}
          action={error.action}
          error={query.error}
          onRetry={retry}
          isRetrying={query.isFetching}
        />
      );
    return <Late>{skeleton}</Late>;
  }
  return (
    <>
      {Boolean(query.error) && (
        <Note
          tone="waiting"
          role="status"
          className="mb-3"
          action={
            <Button size="row" busy={query.isFetching} onClick={retry}>
              Try again
            </Button>
          }
        >
          <b>Not refreshed.</b> {error.title}.
          {query.dataUpdatedAt ? (
            <>
              {" "}
              What you see is from <Time at={query.dataUpdatedAt} />.
            </>
          ) : (
            " What you see may be old."
          )}
        </Note>
      )}
      {empty !== undefined && isEmpty?.(query.data) ? empty : children(query.data)}
    </>
  );
}
