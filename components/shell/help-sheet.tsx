"use client";

import { Dialog } from "@/components/ui/dialog";
import { Keys } from "@/components/ui/kbd";
import { byGroup, reservedKeys } from "./commands";
import { useAllCommands } from "./use-commands";

/** `?` anywhere. The keys of the page in front come first. */
export function HelpSheet({
  isOpen,
  onClose,
  pageName,
}: {
  isOpen: boolean;
  onClose: () => void;
  pageName: string | undefined;
}) {
  const commands = useAllCommands();
  const withKeys = [...commands, ...reservedKeys].filter((command) => command.keys);
  const groups = [
    ...byGroup(withKeys, (command) =>
      command.scope === "global" || command.scope === "lists"
        ? (command.group ?? "Everywhere")
        : `On ${pageName ?? "this page"}`,
    ),
  ];
  groups.sort(([a], [b]) => Number(b.startsWith("On ")) - Number(a.startsWith("On ")));
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={pageName ? `Keys for ${pageName.toLowerCase()}` : "Keys"}
      width="wide"
    >
      <div className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-x-7 gap-y-4 pb-1">
        {groups.map(([group, list]) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-12 font-medium text-faint">{group}</h3>
            <dl>
              {list.map((command) => (
                <div key={command.id} className="flex h-[26px] items-center justify-between gap-3 text-13">
                  <dt className="min-w-0 truncate">{command.label}</dt>
                  <dd>
                    <Keys keys={command.keys ?? ""} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
