"use client";

import { MutationCache, onlineManager, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { isLineUp, reportLine, subscribeToLine, watchBrowserLine } from "./line";

function statusOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("status" in error)) return null;
  return typeof error.status === "number" ? error.status : null;
}

/** No answer at all, as against an answer one does not like. */
function gotNoAnswer(error: unknown): boolean {
  const status = statusOf(error);
  return status === 0 || (status === null && error instanceof TypeError);
}

/** A refusal will not change by asking again; a tired server may. A lost line is waited for, not retried. */
function isWorthAnotherTry(failures: number, error: unknown): boolean {
  const status = statusOf(error) ?? 0;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return false;
  return failures < 2;
}

export function makeQueryClient(): QueryClient {
  const heard = {
    onSuccess: () => reportLine(true),
    onError: (error: unknown) => gotNoAnswer(error) && reportLine(false),
  };
  return new QueryClient({
    queryCache: new QueryCache(heard),
    mutationCache: new MutationCache(heard),
    defaultOptions: {
      queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: isWorthAnotherTry, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  useEffect(() => {
    const unwatch = watchBrowserLine();
    const unsubscribe = subscribeToLine(() => {
      onlineManager.setOnline(isLineUp());
      // What failed while the line was down is asked for again by itself.
      if (isLineUp()) void client.refetchQueries({ predicate: (query) => query.state.status === "error" });
    });
    return () => {
      unwatch();
      unsubscribe();
    };
  }, [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
