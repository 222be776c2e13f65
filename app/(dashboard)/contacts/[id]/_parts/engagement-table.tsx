import { Time } from "@/components/ui/time";
import type { Contact } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { engagementLabels } from "@/lib/domain/contacts/labels";
import { engagementKinds } from "@/lib/domain/contacts/vocabulary";

const counted = ["sent", "opened", "clicked", "replied", "converted"] as const;

/** What came of writing to them, one line a channel. Without any traffic the part is not there. */
export function EngagementTable({ engagement }: { engagement: Contact["engagement"] }) {
  if (engagement.length === 0) return null;
  const shown = counted.filter((kind) => engagement.some(({ counts }) => (counts[kind] ?? 0) > 0));
  return (
    <section aria-labelledby="engagement">
      <h2 id="engagement" className="mb-1">
        How they answer
      </h2>
      <table className="num w-full text-12">
        <thead>
          <tr className="text-faint">
            <th scope="col" className="text-left font-normal">
              <span className="sr-only">Channel</span>
            </th>
            {shown.map((kind) => (
              <th key={kind} scope="col" className="pl-2 text-right font-normal">
                {engagementLabels[kind]}
              </th>
            ))}
            <th scope="col" className="pl-2 text-right font-normal">
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {engagement.map(({ channel, counts, lastAt }) => (
            <tr key={channel}>
              <th scope="row" className="h-6 text-left font-normal text-soft">
                {channelLabels[channel]}
              </th>
              {shown.map((kind) => (
                <td key={kind} className="pl-2 text-right">
                  {counts[kind]?.toLocaleString("en") ?? 0}
                </td>
              ))}
              <td className="pl-2 text-right text-soft">
                <Last lastAt={lastAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Last({ lastAt }: { lastAt: Contact["engagement"][number]["lastAt"] }) {
  const latest = engagementKinds
    .map((kind) => lastAt[kind])
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  return latest ? <Time at={latest} /> : "—";
}
