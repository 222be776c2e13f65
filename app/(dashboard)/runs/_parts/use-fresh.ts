"use client";

import { useEffect, useRef, useState } from "react";

const none: ReadonlySet<string> = new Set();

/** Rows that came by themselves since one looks at this list. What a filter or a further page brought is not news. */
export function useFresh(rows: readonly { id: string; createdAt: string }[], list: string): ReadonlySet<string> {
  const seen = useRef({ list: "", ids: none, newest: "" });
  const [fresh, setFresh] = useState(none);
  useEffect(() => {
    const before = seen.current;
    const newest = rows[0]?.createdAt ?? "";
    const arrived =
      before.list === list && before.newest
        ? rows.filter((row) => !before.ids.has(row.id) && row.createdAt >= before.newest)
        : [];
    seen.current = { list, ids: new Set(rows.map((row) => row.id)), newest };
    setFresh(arrived.length > 0 ? new Set(arrived.map((row) => row.id)) : none);
  }, [rows, list]);
  return fresh;
}
