import { Time } from "@/components/ui/time";
import type { Contact } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { engagementLabels } from "@/lib/domain/contacts/labels";
import { engagementKinds } from "@/lib/domain/contacts/vocabulary";

const counted = ["sent", "opened", "clicked", "replied", "converted"] as const;

/** What came of writing to them, channel by channel. Without any traffic the part is not there. */
export function EngagementList({ engagement }: { engagement: Contact["engagement"] }) {
  if (engagement.length === 0) return null;
  return (
    <section aria-labelledby="engagement">
      <h2 id="engagement" className="mb-1.5">
        How they answer
      </h2>
      <dl className="num grid gap-2 text-13">
        {engagement.map(({ channel, counts, lastAt }) => (
          <div key={channel} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2">
            <dt className="text-soft">{channelLabels[channel]}</dt>
            <dd className="text-12 leading-5 text-soft">
              <Last lastAt={lastAt} />
            </dd>
            <dd className="col-span-2 text-12">{countsInWords(counts)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Only what happened is said, in the order in which it happens. */
function countsInWords(counts: Contact["engagement"][number]["counts"]): string {
  const told = counted.filter((kind) => (counts[kind] ?? 0) > 0);
  return told.map((kind) => `${counts[kind]?.toLocaleString("en")} ${engagementLabels[kind].toLowerCase()}`).join(", ");
}

function Last({ lastAt }: { lastAt: Contact["engagement"][number]["lastAt"] }) {
  const latest = engagementKinds
    .map((kind) => lastAt[kind])
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  return latest ? <Time at={latest} /> : "—";
}
