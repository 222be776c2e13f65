"use client";

import { Check } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import * as Radix from "radix-ui/dropdown-menu";
import { cn } from "./class-names";
import { Keys } from "./kbd";
import type { MenuItem, MenuProps } from "./menu";

const row =
  "flex min-h-[30px] cursor-default select-none items-center gap-2.5 rounded-[5px] px-2 text-13 outline-none data-highlighted:bg-sunken data-disabled:text-faint coarse:min-h-11 coarse:text-14 [&_svg.lucide]:text-soft";

export default function MenuBody({
  trigger,
  items,
  label,
  align = "start",
  side = "bottom",
  width,
  isOpen,
  onOpenChange,
}: MenuProps & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Inside the page's landmark, so that those who move by landmarks find it where they were. */}
      <Radix.Portal container={document.querySelector("main") ?? document.body}>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          loop
          style={width ? { width } : undefined}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 animate-arrive overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float outline-none"
        >
          {items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a menu is built anew each time, its rows hold no state
            <Row key={at} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Row({ item }: { item: MenuItem }) {
  switch (item.kind) {
    case "line":
      return <Radix.Separator className="mx-1 my-1 h-px bg-line" />;
    case "label":
      return <Radix.Label className="px-2 pt-1.5 pb-1 text-12 font-medium text-faint">{item.label}</Radix.Label>;
    case "link":
      return (
        <Radix.Item asChild>
          <Link href={item.href as Route} className={row}>
            {item.icon}
            <span className="min-w-0 grow truncate">{item.label}</span>
            {item.hint && <span className="text-12 text-faint">{item.hint}</span>}
            {item.keys && <Keys keys={item.keys} />}
          </Link>
        </Radix.Item>
      );
    case "check":
      return (
        <Radix.CheckboxItem
          checked={item.isOn}
          disabled={Boolean(item.offBecause)}
          onCheckedChange={item.onChange}
          {...(item.staysOpen ? { onSelect: (event: Event) => event.preventDefault() } : {})}
          className={row}
        >
          <Mark isOn={item.isOn} />
          <span className="min-w-0 grow truncate">{item.label}</span>
          {item.offBecause && <span className="text-12 text-faint">{item.offBecause}</span>}
        </Radix.CheckboxItem>
      );
    case "choice":
      return (
        <Radix.RadioGroup value={item.value} onValueChange={item.onChange} aria-label={item.label}>
          <Radix.Label className="px-2 pt-1.5 pb-1 text-12 font-medium text-faint">{item.label}</Radix.Label>
          {item.choices.map((choice) => (
            <Radix.RadioItem key={choice.value} value={choice.value} className={row}>
              <Mark isOn={choice.value === item.value} />
              <span className="min-w-0 grow truncate">{choice.label}</span>
            </Radix.RadioItem>
          ))}
        </Radix.RadioGroup>
      );
    default:
      return (
        <Radix.Item
          disabled={Boolean(item.offBecause)}
          onSelect={item.onSelect}
          className={cn(row, item.tone === "bad" && "text-bad data-highlighted:bg-bad-soft [&_svg.lucide]:text-bad")}
        >
          {item.icon}
          <span className="min-w-0 grow">
            <span className="block truncate">{item.label}</span>
            {(item.offBecause ?? item.says) && (
              <span className={cn("block pb-1 text-12", !item.offBecause && "text-soft")}>
                {item.offBecause ?? item.says}
              </span>
            )}
          </span>
          {item.hint && <span className="text-12 text-faint">{item.hint}</span>}
          {item.keys && <Keys keys={item.keys} />}
        </Radix.Item>
      );
  }
}

function Mark({ isOn }: { isOn: boolean }) {
  return <Check aria-hidden="true" className={cn("!size-3.5 !text-accent-text", !isOn && "invisible")} />;
}
