"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiError } from "@/lib/client/api";

const told = new Set(["session_over", "idle", "expired"]);

/** A session that ended while a page was open leads to signing in, and from there back to this page. */
export function SessionWatch() {
  const client = useQueryClient();
  useEffect(() => {
    const look = (error: unknown) => {
      if (error instanceof ApiError && error.status === 401) leave(error.reason);
    };
    const unwatch = [
      client.getQueryCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") look(event.action.error);
      }),
      client.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") look(event.action.error);
      }),
    ];
    return () => {
      for (const stop of unwatch) stop();
    };
  }, [client]);
  return null;
}

function leave(reason: string | null) {
  const search = new URLSearchParams({ next: window.location.pathname + window.location.search });
  if (reason && told.has(reason)) search.set("because", reason);
  window.location.assign(`${reason === "second_factor_missing" ? "/sign-in/code" : "/sign-in"}?${search}`);
}
