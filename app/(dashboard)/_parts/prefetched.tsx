import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { z } from "zod";

/** What a verb answered, as the browser would have got it over the wire. */
export function asSent<S extends z.ZodType>(shape: S, value: z.output<S>): z.input<S> {
  return z.encode(shape, value);
}

/** The same for the first page of a list that can be read on. */
export function asFirstPage<S extends z.ZodType>(shape: S, value: z.output<S>) {
  return { pages: [asSent(shape, value)], pageParams: [null] };
}

/**
 * Hands what the server has read already to the queries of the page. Keys name the workspace, so a tab that still shows
 * another one than the session opens with does not take these for its own.
 */
export function Prefetched({
  entries,
  children,
}: {
  entries: readonly (readonly [key: QueryKey, data: unknown])[];
  children: ReactNode;
}) {
  const client = new QueryClient();
  for (const [key, data] of entries) client.setQueryData(key, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
