"use client";

import { lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";
import { LazyTrigger, type TriggerProps } from "./menu";

export type PopoverProps = {
  trigger: ReactElement<TriggerProps>;
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "right";
  width?: number;
};

const load = () => import("./popover-body");
const Body = lazy(load);

export function Popover(props: PopoverProps) {
  const [wasOpened, setOpened] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const quiet = (
    <LazyTrigger
      trigger={props.trigger}
      opens="dialog"
      onNear={() => void load()}
      onOpen={() => {
        setOpened(true);
        setOpen(true);
      }}
    />
  );
  if (!wasOpened) return quiet;
  return (
    <Suspense fallback={quiet}>
      <Body {...props} isOpen={isOpen} onOpenChange={setOpen} />
    </Suspense>
  );
}
