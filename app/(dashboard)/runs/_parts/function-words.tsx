import { Time } from "@/components/ui/time";
import type { EngineFunction } from "@/lib/client/engine";

type Trigger = EngineFunction["triggers"][number];

/** What starts a function: "on audit/check-due", or its schedule with the next time it comes. */
export function TriggerWords({ trigger }: { trigger: Trigger }) {
  if (trigger.kind === "event")
    return (
      <>
        on <span className="font-mono text-12">{trigger.event}</span>
        {trigger.condition && (
          <>
            {" "}
            if <span className="font-mono text-12">{trigger.condition}</span>
          </>
        )}
      </>
    );
  const { zone, fields } = scheduleOf(trigger.cron);
  return (
    <>
      {trigger.nextAt && (
        <>
          <Time at={trigger.nextAt} />,{" "}
        </>
      )}
      by schedule <span className="font-mono text-12 whitespace-nowrap">{fields}</span> {zone}
    </>
  );
}

export function Triggers({ triggers }: { triggers: readonly Trigger[] }) {
  if (triggers.length === 0) return <>when another run invokes it</>;
  return triggers.map((trigger, at) => (
    <span key={trigger.kind === "event" ? trigger.event + (trigger.condition ?? "") : trigger.cron}>
      {at > 0 && ", or "}
      <TriggerWords trigger={trigger} />
    </span>
  ));
}

/** "TZ=America/Port-au-Prince 0 3 * * *" */
function scheduleOf(cron: string): { zone: string; fields: string } {
  const [, zone = "UTC", fields = cron] = /^(?:CRON_TZ|TZ)=(\S+)\s+(.*)$/.exec(cron.trim()) ?? [];
  return { zone: (zone.split("/").at(-1) ?? zone).replaceAll("_", " "), fields };
}
