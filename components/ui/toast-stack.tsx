"use client";

import { Check, Info, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { toast as sonner, Toaster } from "sonner";
import { Button } from "./button";
import { isTyping } from "./keyboard";
import { Spinner } from "./spinner";
import { receiveToasts, type Toast } from "./toast";

export function ToastStack() {
  useEffect(
    () =>
      receiveToasts((say) => {
        if (say.kind === "hide") {
          sonner.dismiss(say.id);
          return;
        }
        const { toast, id } = say;
        const seconds =
          toast.seconds ??
          (toast.tone === "busy" ? Number.POSITIVE_INFINITY : toast.onUndo || toast.tone === "bad" ? 10 : 5);
        sonner.custom(() => <ToastBody toast={toast} id={id} seconds={seconds} />, {
          id,
          duration: seconds * 1_000,
          ...(toast.onExpire ? { onAutoClose: toast.onExpire } : {}),
        });
      }),
    [],
  );
  return (
    <Toaster
      position="bottom-left"
      offset={16}
      mobileOffset={{ bottom: 76, left: 12, right: 12 }}
      gap={8}
      visibleToasts={4}
      hotkey={["altKey", "KeyT"]}
      containerAriaLabel="Messages"
    />
  );
}

const icons = {
  good: <Check aria-hidden="true" className="text-good" />,
  bad: <TriangleAlert aria-hidden="true" className="text-bad" />,
  info: <Info aria-hidden="true" className="text-info" />,
  busy: <Spinner className="text-info" />,
};

function ToastBody({ toast, id, seconds }: { toast: Toast; id: string; seconds: number }) {
  const { onUndo } = toast;
  useEffect(() => {
    if (!onUndo) return;
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key !== "z" ||
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        event.defaultPrevented ||
        isTyping(event.target)
      )
        return;
      event.preventDefault();
      sonner.dismiss(id);
      onUndo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onUndo, id]);

  return (
    <div className="inline-flex min-h-10 max-w-[calc(100vw-24px)] items-center gap-2.5 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 font-sans text-13 font-book text-ink shadow-float">
      {icons[toast.tone ?? "good"]}
      <span className={onUndo || toast.act ? "" : "pr-2"}>{toast.text}</span>
      {toast.act && (
        <Button
          size="row"
          onClick={() => {
            sonner.dismiss(id);
            toast.act?.run();
          }}
        >
          {toast.act.label}
        </Button>
      )}
      {onUndo && (
        <Button
          size="row"
          keys="z"
          onClick={() => {
            sonner.dismiss(id);
            onUndo();
          }}
        >
          Undo
        </Button>
      )}
      {onUndo && Number.isFinite(seconds) && <Countdown seconds={seconds} />}
    </div>
  );
}

/** A ring that empties, and the seconds as a number for those who see no movement. */
function Countdown({ seconds }: { seconds: number }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = Date.now() + seconds * 1_000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1_000))), 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <span className="num w-5 pr-1 text-right text-12 text-faint" aria-hidden="true">
      {left}
    </span>
  );
}
