"use client";

import { LogOut, UserRound } from "lucide-react";
import { useTheme } from "next-themes";
import { Avatar } from "@/components/ui/avatar";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { ShellProps } from "./shell-types";

export const themes = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function AccountMenu({
  person,
  accountHref = "/settings",
  onSignOut,
}: Pick<ShellProps, "person" | "accountHref" | "onSignOut">) {
  const { theme, setTheme } = useTheme();
  const items: MenuItem[] = [
    {
      kind: "label",
      label: (
        <>
          <span className="block truncate text-13 text-ink">{person.name}</span>
          <span className="block truncate font-normal">{person.email}</span>
        </>
      ),
    },
    { kind: "line" },
    { kind: "link", label: "Your account", href: accountHref, icon: <UserRound aria-hidden="true" /> },
    { kind: "line" },
    { kind: "choice", label: "Light or dark", value: theme ?? "system", choices: themes, onChange: setTheme },
    ...(onSignOut
      ? ([
          { kind: "line" },
          { label: "Sign out", icon: <LogOut aria-hidden="true" />, onSelect: onSignOut },
        ] satisfies MenuItem[])
      : []),
  ];
  return (
    <Menu
      label="Your account"
      align="end"
      width={232}
      items={items}
      trigger={
        <button
          type="button"
          aria-label={`Your account: ${person.name}`}
          className="grid size-(--control) place-items-center rounded-full focus-visible:rounded-full"
        >
          <Avatar name={person.name} size="normal" />
        </button>
      }
    />
  );
}
