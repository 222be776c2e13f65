"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { GradeTag } from "@/components/contacts/grade-tag";
import { Bone } from "@/components/feedback/skeleton";
import { type ScorePreview as Preview, type ScoreWeights, scorePreviewQuery } from "@/lib/client/contacts";
import { grades } from "@/lib/domain/contacts/vocabulary";

/** How a sample of the contacts would be graded: the table is the chart, its bars stand in the cells. */
export function ScorePreview({ weights, isChanged }: { weights: ScoreWeights; isChanged: boolean }) {
  const { tenantUuid } = useSignedIn();
  const settled = useSettled(weights, 350);
  const preview = useQuery({
    ...scorePreviewQuery(tenantUuid, settled),
    placeholderData: keepPreviousData,
    // While everybody is scored by what was just saved, the numbers follow; a score that is a day old may stay different.
    refetchInterval: ({ state }) =>
      !isChanged && state.data && isBehind(state.data) && state.dataUpdateCount < mostLooks ? 3_000 : false,
  });
  const data = preview.data;
  const share = (count: number | undefined) => (data && data.sampled > 0 ? (count ?? 0) / data.sampled : 0);
  return (
    <section aria-labelledby="preview" className="rounded-lg border border-line bg-surface px-4 pt-3 pb-3.5">
      <h3 id="preview">{isChanged ? "What it would change" : "How everybody stands"}</h3>
      <p className="mb-2 text-12 text-soft" aria-live="polite">
        {preview.error
          ? "The preview did not load. Saving works all the same."
          : data
            ? data.sampled === 0
              ? "There is nobody to score yet."
              : `Of ${data.sampled.toLocaleString("en")} contacts looked at.`
            : "Looking at a sample."}
      </p>
      {data ? (
        <table className="num w-full text-12">
          <thead>
            <tr className="text-faint">
              <th scope="col" className="text-left font-normal">
                Grade
              </th>
              <th scope="col" className="w-1/2 text-left font-normal">
                <span className="sr-only">Share</span>
              </th>
              <th scope="col" className="text-right font-normal">
                Now
              </th>
              <th scope="col" className="pl-2 text-right font-normal">
                Then
              </th>
            </tr>
          </thead>
          <tbody>
            {grades.map((grade) => (
              <tr key={grade}>
                <th scope="row" className="h-8 text-left font-normal">
                  <GradeTag grade={grade} />
                </th>
                <td>
                  <span aria-hidden="true" className="grid gap-[3px]">
                    <Bar share={share(data.before[grade])} look="bg-line-strong" />
                    <Bar share={share(data.grades[grade])} look="bg-info" />
                  </span>
                </td>
                <td className="text-right text-soft">{percent(share(data.before[grade]))}</td>
                <td className="pl-2 text-right font-medium">{percent(share(data.grades[grade]))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        !preview.error && (
          <div className="grid gap-3">
            {grades.map((grade) => (
              <Bone key={grade} height={14} />
            ))}
          </div>
        )
      )}
    </section>
  );
}

const mostLooks = 40;
const isBehind = ({ before, grades: then }: Preview) => grades.some((grade) => before[grade] !== then[grade]);

function Bar({ share, look }: { share: number; look: string }) {
  return <span className={`block h-[5px] rounded-[1px] ${look}`} style={{ width: `${share * 100}%` }} />;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The value once nobody has changed it for a moment: each preview reads thousands of contacts. */
function useSettled<Value>(value: Value, pauseMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
