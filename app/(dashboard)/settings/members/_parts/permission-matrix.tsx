"use client";

import { Check, Minus } from "lucide-react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import { cn } from "@/components/ui/class-names";
import { roleLabels } from "@/lib/domain/access/labels";
import { allPermissions, permissions, roleMay } from "@/lib/domain/access/permissions";
import { roles } from "@/lib/domain/access/vocabulary";

/** The table that interface and API both obey, drawn from the same data. */
export function PermissionMatrix() {
  const { role: own } = useSignedIn();
  return (
    <section aria-labelledby="roles">
      <SectionHead
        id="roles"
        title="What each role may do"
        says="The API obeys the same table: the word at the right is the scope that a key needs for it."
      />
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways needs a way in for the keyboard
        tabIndex={0}
        aria-label="Roles and permissions"
        className="focus-inset relative overflow-x-auto rounded-lg border border-line bg-surface max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0"
      >
        <table className="w-full border-separate border-spacing-0 text-13">
          <thead>
            <tr className="text-12 text-soft">
              <th scope="col" className={cn(head, "sticky left-0 min-w-[190px] bg-surface text-left")}>
                May
              </th>
              {roles.map((role) => (
                <th
                  key={role}
                  scope="col"
                  title={roleLabels[role].says}
                  className={cn(head, "w-[92px] text-center", role === own && "text-ink")}
                >
                  {roleLabels[role].label}
                  {role === own && <span className="font-normal text-faint"> (you)</span>}
                </th>
              ))}
              <th scope="col" className={cn(head, "w-[150px] text-left")}>
                Scope
              </th>
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>*]:border-b-0">
            {allPermissions.map((permission) => (
              <tr key={permission}>
                <th scope="row" className={cn(cell, "sticky left-0 bg-surface text-left font-normal")}>
                  {permissions[permission].says}
                </th>
                {roles.map((role) => {
                  const may = roleMay(role, permission);
                  return (
                    <td key={role} className={cn(cell, "text-center", role === own && "bg-sunken")}>
                      {may ? (
                        <Check aria-hidden="true" className="mx-auto text-good" />
                      ) : (
                        <Minus aria-hidden="true" className="mx-auto !size-3 text-line-strong" />
                      )}
                      <span className="sr-only">{may ? "yes" : "no"}</span>
                    </td>
                  );
                })}
                <td className={cn(cell, "font-mono text-12 whitespace-nowrap text-soft")}>{permission}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const head = "h-[30px] border-b border-line px-2.5 font-medium first:pl-3.5 last:pr-3.5";
const cell = "h-9 border-b border-line px-2.5 py-1 first:pl-3.5 last:pr-3.5";
