import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { GradeTag } from "@/components/contacts/grade-tag";
import { cn } from "@/components/ui/class-names";
import { TextLink } from "@/components/ui/text-link";
import { type Contact, scoreStoryQuery } from "@/lib/client/contacts";
import { scoreChange } from "./score-change";
import { waterfall } from "./waterfall";

const partLabels = { fit: "Who they are", behaviour: "What they do" } as const;
const signed = (points: number) => (points < 0 ? `−${-points}` : `+${points}`);

/** The number, and why it is what it is: every point has its sentence, and its bar begins where the last one ended. */
export function ScoreBlock({ contact, mayConfigure }: { contact: Contact; mayConfigure: boolean }) {
  const { tenantUuid } = useSignedIn();
  const story = useQuery(scoreStoryQuery(tenantUuid, contact.id));
  const { parts, widest } = waterfall(contact.scoreReasons);
  const change = story.data && scoreChange(story.data, new Date());
  return (
    <section aria-labelledby="score">
      <div className="flex items-baseline gap-2">
        <h2 id="score" className="grow">
          Score
        </h2>
        <span className="num text-20 font-semibold">{contact.score}</span>
        <GradeTag grade={contact.grade} />
      </div>
      {change && (
        <p className="num text-12 text-soft" suppressHydrationWarning>
          {change}
        </p>
      )}
      {parts.length === 0 && (
        <p className="mt-0.5 text-12 text-soft">
          Nothing is known yet that counts for or against. It moves with what they do.
        </p>
      )}
      {parts.map(({ part, points, steps }) => (
        <div key={part} className="mt-1.5">
          <p className="flex justify-between text-12 text-faint">
            {partLabels[part]} <span className="num">{points}</span>
          </p>
          <ul>
            {steps.map(({ reason, from, to }) => (
              <li key={reason.says} className="relative border-b border-line pt-1 pb-1.5 text-12">
                <span className="flex justify-between gap-3">
                  <span className="min-w-0">{reason.says}</span>
                  <span className={cn("num", reason.points < 0 ? "text-bad" : "text-soft")}>
                    {signed(reason.points)}
                  </span>
                </span>
                <span
                  aria-hidden="true"
                  className={cn("absolute bottom-[-1px] h-[3px]", reason.points < 0 ? "bg-bad" : "bg-soft")}
                  style={{
                    left: `${(Math.max(0, Math.min(from, to)) / widest) * 100}%`,
                    width: `${(Math.abs(to - from) / widest) * 100}%`,
                  }}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {mayConfigure && (
        <p className="mt-2 text-12">
          <TextLink href="/settings/contacts#score">What counts how much</TextLink>
        </p>
      )}
    </section>
  );
}
