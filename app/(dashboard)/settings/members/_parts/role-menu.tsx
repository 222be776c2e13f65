"use client";

import { Check, ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Menu } from "@/components/ui/menu";
import { roleLabels } from "@/lib/domain/access/labels";
import { decideRoleChange } from "@/lib/domain/access/permissions";
import { type Role, roles } from "@/lib/domain/access/vocabulary";

const refusals = {
  needs_owner: "Only an owner makes or unmakes owners",
  last_owner: "A workspace needs an owner: make someone else one first",
} as const;

/** Why this role cannot be given now; the same decision that the server takes. */
export function whyNot(facts: Parameters<typeof decideRoleChange>[0]): string | undefined {
  const verdict = decideRoleChange(facts);
  return verdict.kind === "no" ? refusals[verdict.because] : undefined;
}

/** A role is chosen knowing what it may do: each stands with its sentence. */
export function RoleMenu({
  of,
  role,
  actor,
  ownersLeft,
  onChange,
}: {
  of: string;
  role: Role;
  actor: Role;
  ownersLeft: number;
  onChange: (role: Role) => void;
}) {
  return (
    <Menu
      label={`Role of ${of}`}
      width={312}
      trigger={
        <Button
          size="row"
          variant="second"
          aria-label={`Role of ${of}: ${roleLabels[role].label}`}
          className="!pr-1.5 max-sm:my-1.5"
        >
          {roleLabels[role].label}
          <ChevronDown aria-hidden="true" className="!size-3 text-faint" />
        </Button>
      }
      items={roles.map((each) => ({
        label: roleLabels[each].label,
        icon: (
          <Check
            aria-hidden="true"
            className={cn("!size-3.5 self-start mt-0.5 !text-accent-text", each !== role && "invisible")}
          />
        ),
        says: roleLabels[each].says,
        hint: each === role ? "now" : undefined,
        offBecause: each === role ? undefined : whyNot({ actor, from: role, to: each, ownersLeft }),
        onSelect: () => {
          if (each !== role) onChange(each);
        },
      }))}
    />
  );
}
