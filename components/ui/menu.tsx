"use client";

import { lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";

export type MenuItem =
  | {
      kind?: "act";
      label: string;
      icon?: ReactNode;
      keys?: string;
      /** A short word at the right: a role, a count. */
      hint?: ReactNode;
      tone?: "plain" | "bad";
      /** A sentence below the label: what the choice means. */
      says?: ReactNode;
      /** Why it cannot be chosen now. */
      offBecause?: string | undefined;
      onSelect: () => void;
    }
  | { kind: "link"; label: string; icon?: ReactNode; keys?: string; hint?: ReactNode; href: string }
  | {
      kind: "check";
      label: string;
      isOn: boolean;
      onChange: (isOn: boolean) => void;
      offBecause?: string | undefined;
      staysOpen?: boolean;
    }
  | {
      kind: "choice";
      label: string;
      value: string;
      choices: readonly { value: string; label: string }[];
      onChange: (value: string) => void;
    }
  | { kind: "label"; label: ReactNode }
  | { kind: "line" };

export type TriggerProps = {
  onClick?: (event: React.MouseEvent<HTMLElement>) => void;
  onKeyDown?: (event: React.KeyboardEvent<HTMLElement>) => void;
  onPointerEnter?: (event: React.PointerEvent<HTMLElement>) => void;
  onFocus?: (event: React.FocusEvent<HTMLElement>) => void;
  "aria-haspopup"?: "menu" | "dialog" | boolean | undefined;
  "aria-expanded"?: boolean | undefined;
};

export type MenuProps = {
  trigger: ReactElement<TriggerProps>;
  items: readonly MenuItem[];
  label: string;
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  width?: number;
  /** For a menu that was itself fetched by the press that opens it. */
  startsOpen?: boolean;
};

const load = () => import("./menu-body");
const Body = lazy(load);

/** Acts as data. Its machinery is fetched when the pointer or the focus comes near, and mounted at the first opening. */
export function Menu({ startsOpen = false, ...props }: MenuProps) {
  const [wasOpened, setOpened] = useState(startsOpen);
  const [isOpen, setOpen] = useState(startsOpen);
  const quiet = (
    <LazyTrigger
      trigger={props.trigger}
      opens="menu"
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

/** A button that will be a trigger once its layer has loaded, and already says so. */
export function LazyTrigger({
  trigger,
  opens,
  onOpen,
  onNear,
}: {
  trigger: ReactElement<TriggerProps>;
  opens: "menu" | "dialog";
  onOpen: () => void;
  onNear: () => void;
}) {
  const Trigger = trigger.type as React.ElementType;
  return (
    <Trigger
      {...trigger.props}
      aria-haspopup={opens}
      aria-expanded={false}
      onClick={onOpen}
      onKeyDown={(event: React.KeyboardEvent<HTMLElement>) => {
        if (event.key === "ArrowDown") {
          event.preventDefault();
          onOpen();
        }
      }}
      onPointerEnter={onNear}
      onFocus={onNear}
    />
  );
}
