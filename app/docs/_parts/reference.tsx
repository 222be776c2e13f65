"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef, useState } from "react";
import { ErrorState } from "@/components/feedback/error-state";
import { Late, TextSkeleton } from "@/components/feedback/skeleton";
import { nameControls, referenceSettings, referenceSheet, renderStyle } from "./reference-look";

type Viewer = HTMLElement & { loadSpec(spec: unknown): Promise<void> };
type State = { kind: "loading" } | { kind: "ready"; viewer: Viewer } | { kind: "failed"; error: unknown };

/** Drawn in the browser from the OpenAPI document, by a part that is served from here like everything else. */
export function Reference() {
  const { resolvedTheme } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>({ kind: "loading" });
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try begins anew
  useEffect(() => {
    let isGone = false;
    let stopNaming = () => {};
    Promise.all([readDocument(), import("rapidoc")])
      .then(async ([spec]) => {
        if (isGone || !place.current) return;
        const viewer = document.createElement("rapi-doc") as Viewer;
        for (const [name, value] of Object.entries(referenceSettings)) viewer.setAttribute(name, value);
        viewer.setAttribute("render-style", renderStyle());
        place.current.replaceChildren(viewer);
        await viewer.loadSpec(spec);
        if (isGone || !viewer.shadowRoot) return;
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(referenceSheet);
        viewer.shadowRoot.adoptedStyleSheets.push(sheet);
        stopNaming = nameControls(viewer.shadowRoot);
        setState({ kind: "ready", viewer });
      })
      .catch((error: unknown) => !isGone && setState({ kind: "failed", error }));
    return () => {
      isGone = true;
      stopNaming();
    };
  }, [tries]);

  useEffect(() => {
    if (state.kind === "ready") state.viewer.setAttribute("theme", resolvedTheme === "dark" ? "dark" : "light");
  }, [state, resolvedTheme]);

  return (
    <div className="h-full">
      {state.kind === "loading" && (
        <main className="mx-auto max-w-2xl px-6 py-10">
          <Late label="Loading the reference">
            <TextSkeleton lines={8} />
          </Late>
        </main>
      )}
      {state.kind === "failed" && (
        <main className="p-6">
          <ErrorState
            title="The reference did not load"
            safe="The API itself works, and the OpenAPI document can be read at /openapi.json."
            error={state.error}
            onRetry={() => {
              setState({ kind: "loading" });
              setTries(tries + 1);
            }}
          />
        </main>
      )}
      {/* The viewer brings its own main landmark. */}
      <div ref={place} className={state.kind === "ready" ? "h-full" : "hidden"} />
    </div>
  );
}

/**
 * The viewer reads a document of 3.1 through a model of every schema in it, which takes minutes on one of our size; a document
 * of 3.0 it takes as it stands, and draws the same.
 */
async function readDocument(): Promise<unknown> {
  const response = await fetch("/api/v1/openapi.json");
  if (!response.ok) throw new Error(`The document answered ${response.status}.`);
  return { ...(await response.json()), openapi: "3.0.3" };
}
