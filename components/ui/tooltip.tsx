"use client";

import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { Keys } from "./kbd";

type Wiring = {
  "aria-describedby"?: string | undefined;
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void;
  onFocus?: (event: FocusEvent<HTMLElement>) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
};

let lastShownAt = 0;

/**
 * A word more on what is already named. Opens after a moment under the pointer, at once for the keyboard, goes with Escape.
 * Written here instead of taken from the menu library: it is on every page, and positioning costs 15 kB there.
 */
export function Tooltip({
  text,
  keys,
  isName = false,
  children,
}: {
  text: ReactNode;
  keys?: string;
  /** The text is the control's name already: it is not read out a second time. */
  isName?: boolean;
  children: ReactElement<Wiring>;
}) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  const show = (element: HTMLElement, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!element.isConnected) return;
      lastShownAt = Date.now();
      setAnchor(element);
    }, delay);
  };
  const hide = (delay = 0) => {
    clearTimeout(timer.current);
    if (delay === 0) setAnchor(null);
    else timer.current = setTimeout(() => setAnchor(null), delay);
  };

  const own = children.props;
  const describedBy =
    anchor && !isName ? [own["aria-describedby"], id].filter(Boolean).join(" ") : own["aria-describedby"];

  return (
    <>
      {cloneElement(children, {
        "aria-describedby": describedBy,
        onPointerEnter: (event) => {
          own.onPointerEnter?.(event);
          if (event.pointerType !== "touch") show(event.currentTarget, Date.now() - lastShownAt < 600 ? 60 : 450);
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event);
          hide(120);
        },
        onPointerDown: (event) => {
          own.onPointerDown?.(event);
          hide();
        },
        onFocus: (event) => {
          own.onFocus?.(event);
          if (event.currentTarget.matches(":focus-visible")) show(event.currentTarget, 150);
        },
        onBlur: (event) => {
          own.onBlur?.(event);
          hide();
        },
      })}
      {anchor && (
        <Bubble id={id} anchor={anchor} onHide={hide} onStay={() => clearTimeout(timer.current)}>
          {text}
          {keys && <Keys keys={keys} className="ml-2" />}
        </Bubble>
      )}
    </>
  );
}

function Bubble({
  id,
  anchor,
  onHide,
  onStay,
  children,
}: {
  id: string;
  anchor: HTMLElement;
  onHide: (delay?: number) => void;
  onStay: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);

  useLayoutEffect(() => {
    const own = box.current?.getBoundingClientRect();
    if (!own) return;
    const at = anchor.getBoundingClientRect();
    const below = at.bottom + 6;
    const fitsBelow = below + own.height < window.innerHeight - 8;
    const middle = at.left + at.width / 2 - own.width / 2;
    setPlace({
      left: Math.round(Math.max(8, Math.min(middle, window.innerWidth - own.width - 8))),
      top: Math.round(fitsBelow ? below : at.top - own.height - 6),
    });
  }, [anchor]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") onHide();
    };
    const onScroll = () => onHide();
    document.addEventListener("keydown", onKey, true);
    window.addEventListener("scroll", onScroll, true);
    return () => {
      document.removeEventListener("keydown", onKey, true);
      window.removeEventListener("scroll", onScroll, true);
    };
  }, [onHide]);

  return createPortal(
    <div
      ref={box}
      id={id}
      role="tooltip"
      onPointerEnter={onStay}
      onPointerLeave={() => onHide(80)}
      style={place ?? { left: 0, top: 0, visibility: "hidden" }}
      className="fixed z-60 flex max-w-72 items-center rounded-md border border-line bg-raised px-2 py-1 text-12 text-ink shadow-float"
    >
      {children}
    </div>,
    landmarkFor(anchor),
  );
}

/** Inside the page's landmark; but a layer over the page moves what is fixed within it, and hides the page from readers. */
function landmarkFor(anchor: HTMLElement): Element {
  return (anchor.closest('[role="dialog"]') ? null : document.querySelector("main")) ?? document.body;
}
