"use client";

import { AuditSentence, fieldWords } from "@/components/access/audit-sentence";
import { useSignedIn } from "@/components/access/signed-in";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { absoluteTime } from "@/components/ui/time-words";
import type { AuditLine } from "@/lib/client/access";

/** One line in full: what was before, what is after, and where it came from. */
export default function LineDrawer({ line, onClose }: { line: AuditLine; onClose: () => void }) {
  return (
    <Drawer isOpen onClose={onClose} title={`Line ${line.seq.toLocaleString("en")}`}>
      <Line line={line} />
    </Drawer>
  );
}

function Line({ line }: { line: AuditLine }) {
  const { person, workspace } = useSignedIn();
  const settings = {
    locale: person.locale === "en" ? "en-GB" : person.locale,
    timeZone: person.timeZone ?? workspace.timeZone,
  };
  return (
    <div className="grid gap-5">
      <div>
        <p className="text-14 text-soft">
          <AuditSentence line={line} />
        </p>
        <p className="num mt-0.5 text-12 text-faint">{absoluteTime(new Date(line.at), settings)}</p>
      </div>
      <Changes before={line.before} after={line.after} />
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-2 text-13">
        <Fact name="Action" value={line.action} isCode />
        <Fact name="Done by" value={line.actor.id} isCode copies />
        <Fact name="About" value={line.subject.id} isCode copies />
        <Fact name="Near" value={line.ip?.replace(/\.0$/, ".x") ?? null} />
        <Fact name="Request" value={line.requestId} isCode copies />
      </dl>
    </div>
  );
}

function Fact({
  name,
  value,
  isCode = false,
  copies = false,
}: {
  name: string;
  value: string | null;
  isCode?: boolean;
  copies?: boolean;
}) {
  if (!value) return null;
  return (
    <>
      <dt className="pt-[3px] text-soft">{name}</dt>
      <dd className="flex min-h-6 items-center gap-1">
        <span className={isCode ? "min-w-0 font-mono text-12 break-all" : ""}>{value}</span>
        {copies && <CopyButton text={value} label={`Copy: ${name.toLowerCase()}`} iconOnly size="row" />}
      </dd>
    </>
  );
}

type Fields = AuditLine["before"];

/** Side by side where both are known; a value that is new or gone stands alone. */
function Changes({ before, after }: { before: Fields; after: Fields }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return <p className="text-13 text-soft">No value was changed by it.</p>;
  return (
    <table className="w-full border-separate border-spacing-0 text-13">
      <thead>
        <tr className="text-left text-12 text-soft">
          <th scope="col" className="w-[104px] border-b border-line pb-1 font-medium">
            Field
          </th>
          {before && (
            <th scope="col" className="border-b border-line pb-1 pl-3 font-medium">
              Before
            </th>
          )}
          {after && (
            <th scope="col" className="border-b border-line pb-1 pl-3 font-medium">
              After
            </th>
          )}
        </tr>
      </thead>
      <tbody className="align-top">
        {names.map((name) => (
          <tr key={name}>
            <th scope="row" className="border-b border-line py-1.5 text-left font-normal text-soft">
              {fieldWords(name)}
            </th>
            {before && (
              <td className="border-b border-line py-1.5 pl-3 break-words [overflow-wrap:anywhere]">
                <Value value={before[name]} look={after ? "gone" : "plain"} />
              </td>
            )}
            {after && (
              <td className="border-b border-line py-1.5 pl-3 break-words [overflow-wrap:anywhere]">
                <Value value={after[name]} look={before ? "new" : "plain"} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const looks = {
  plain: "",
  gone: "rounded-sm bg-bad-soft px-1 text-bad line-through decoration-1",
  new: "rounded-sm bg-good-soft px-1 text-good",
};

function Value({ value, look }: { value: unknown; look: keyof typeof looks }) {
  if (value === null || value === undefined || value === "") return <span className="text-faint">nothing</span>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="text-faint">none</span>;
    return (
      <span className="grid justify-items-start gap-0.5">
        {value.map((each) => (
          <span key={String(each)} className={looks[look]}>
            {String(each)}
          </span>
        ))}
      </span>
    );
  }
  return <span className={looks[look]}>{typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
}
