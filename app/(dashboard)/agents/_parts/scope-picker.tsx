"use client";

import { useContext, useState } from "react";
import { scopeGroups } from "@/components/access/scope-words";
import { useSignedIn } from "@/components/access/signed-in";
import { Checkbox, Radio } from "@/components/ui/checkbox";
import { FieldContext } from "@/components/ui/field-context";
import { grantableBy } from "@/lib/domain/access/permissions";

const groups = scopeGroups();

/** The least first: single rights by what they are about; everything is a choice of its own, said as what it is. */
export function ScopePicker() {
  const { role } = useSignedIn();
  const field = useContext(FieldContext);
  const [reach, setReach] = useState<"some" | "all">("some");
  const mayGive = (scope: string) => grantableBy(role, [scope]).kind === "yes";
  return (
    <fieldset aria-labelledby={field ? `${field.id}-label` : undefined} aria-describedby={field?.describedBy}>
      <Radio
        name="reach"
        value="some"
        checked={reach === "some"}
        onChange={() => setReach("some")}
        label="Only what is ticked"
      />
      {reach === "some" && (
        <div className="mt-1 mb-2 ml-[22px] rounded-md border border-line">
          {groups.map((group) => (
            <fieldset
              key={group.noun}
              className="grid grid-cols-[148px_minmax(0,1fr)] gap-x-3 border-b border-line px-3 py-1.5 last:border-b-0 max-sm:grid-cols-1"
            >
              <legend className="float-left py-[3px] text-12 font-medium text-soft max-sm:float-none">
                {group.label}
              </legend>
              <div className="grid">
                {group.scopes.map(({ scope, says }) => (
                  <Checkbox
                    key={scope}
                    id={`scope-${scope}`}
                    name="scopes"
                    value={scope}
                    disabled={!mayGive(scope)}
                    label={
                      <>
                        {says}
                        <span className="ml-2 font-mono text-12 whitespace-nowrap text-faint">{scope}</span>
                      </>
                    }
                    help={mayGive(scope) ? undefined : "You do not hold this yourself"}
                  />
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      )}
      <Radio
        name="reach"
        value="all"
        checked={reach === "all"}
        onChange={() => setReach("all")}
        disabled={!mayGive("*")}
        label="Everything"
        help="Today’s rights and later ones. For a program you trust like a colleague."
      />
    </fieldset>
  );
}
