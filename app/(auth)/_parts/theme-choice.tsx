"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Segmented } from "@/components/ui/segmented";

const choices = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** The server does not know what was chosen here, so it draws the choice that suits everyone. */
export function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  const isHere = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  const known = choices.find(({ value }) => value === theme)?.value ?? "system";
  return <Segmented label="Light or dark" choices={choices} value={isHere ? known : "system"} onChange={setTheme} />;
}
