"use client";

import { BookOpen, FileJson } from "lucide-react";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Band } from "@/components/ui/page-head";

/** What a program’s author needs on the first day, and no more. */
export function CallIt({ address, perMinute }: { address: string; perMinute: number }) {
  return (
    <section aria-labelledby="call-it" className="mt-8 border-t border-line pt-5">
      <h2 id="call-it" className="sr-only">
        Call it
      </h2>
      <Band title="Call it" says="The same verbs and rules as these pages: one API for people and programs.">
        <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          <div className="grid min-w-0 content-start gap-3">
            <CodeBlock
              label="Who am I, and what may I do"
              code={`curl ${address}/api/v1/me \\\n  -H "Authorization: Bearer $MADAN_SARA_KEY"`}
            />
            <div className="flex flex-wrap gap-2">
              <ButtonLink href="/docs" icon={<BookOpen aria-hidden="true" />}>
                Read the reference
              </ButtonLink>
              {/* A document, not a page of ours: nothing to fetch ahead. */}
              <a href="/openapi.json" className={buttonClass({ variant: "quiet" })}>
                <FileJson aria-hidden="true" />
                OpenAPI document
              </a>
            </div>
          </div>
          <dl className="grid content-start gap-3.5 text-13">
            <div>
              <dt className="font-semibold">How fast</dt>
              <dd className="mt-0.5 text-soft">
                A key may call {perMinute.toLocaleString("en")} times a minute, and each answer says in{" "}
                <code className="font-mono text-12">ratelimit-remaining</code> what is left. Beyond it the answer is 429
                with the seconds to wait in <code className="font-mono text-12">retry-after</code>.
              </dd>
            </div>
            <div>
              <dt className="font-semibold">Safe to repeat</dt>
              <dd className="mt-0.5 text-soft">
                Send an <code className="font-mono text-12">Idempotency-Key</code> of your own with every POST: the same
                request under it is carried out once and answered the same for 24 hours. A different request under it is
                refused, so no mistake passes for a repetition.
              </dd>
            </div>
          </dl>
        </div>
      </Band>
    </section>
  );
}
