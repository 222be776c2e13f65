import { EmptyState } from "@/components/feedback/empty-state";
import { ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { segmentExamples } from "@/lib/domain/segments/examples";

/** The empty room teaches: three segments that most shops begin with, each one click away. */
export function NoSegments({ mayWrite }: { mayWrite: boolean }) {
  return (
    <div className="grid items-stretch gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <EmptyState
        title="Whom do you talk to, and whom not?"
        action={mayWrite && <ButtonLink href="/segments/new">Build a segment</ButtonLink>}
      >
        A segment is a question about your contacts. It answers with a number while you build it, and keeps itself up to
        date from then on.
      </EmptyState>
      {mayWrite && (
        <section aria-label="Examples to begin with" className="rounded-lg border border-line bg-surface px-5 py-4">
          <h2 className="text-14">Begin with one of these</h2>
          <ul className="mt-1">
            {segmentExamples.map((example) => (
              <li key={example.id} className="border-t border-line py-2.5 first:border-t-0">
                <TextLink href={`/segments/new?example=${example.id}`}>{example.name}</TextLink>
                <p className="mt-0.5 text-13 text-soft">{example.says}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
