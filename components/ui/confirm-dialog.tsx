"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Input } from "./input";
import { Note } from "./note";

/**
 * For what cannot be undone. `typed` is the name to write out; leave it away where a wrong click costs little.
 * `onConfirm` may throw: the dialog stays and says what happened.
 */
export function ConfirmDialog({
  isOpen,
  onClose,
  onConfirm,
  title,
  says,
  typed,
  confirm,
  keep = "Keep it",
  children,
}: {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => Promise<unknown> | unknown;
  title: string;
  says: ReactNode;
  typed?: string;
  /** The verb on the button: "Erase", "Revoke the key". */
  confirm: string;
  keep?: string;
  children?: ReactNode;
}) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} says={says} width="small" holds={Boolean(typed)}>
      <Ask {...{ onClose, onConfirm, confirm, keep, children }} {...(typed ? { typed } : {})} />
    </Dialog>
  );
}

function Ask({
  onClose,
  onConfirm,
  typed,
  confirm,
  keep,
  children,
}: {
  onClose: () => void;
  onConfirm: () => Promise<unknown> | unknown;
  typed?: string;
  confirm: string;
  keep: string;
  children?: ReactNode;
}) {
  const typedId = useId();
  const [words, setWords] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isReady = !typed || words.trim() === typed;

  const go = async () => {
    if (!isReady || isBusy) return;
    setBusy(true);
    setTrouble(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : "That did not work. Try again.");
      setBusy(false);
    }
  };

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {trouble && (
        <Note tone="bad" role="alert">
          {trouble}
        </Note>
      )}
      {children}
      {typed && (
        <label htmlFor={typedId} className="grid gap-1 text-13 font-medium">
          <span>
            Type <span className="font-mono text-12">{typed}</span> to go on
          </span>
          <Input
            id={typedId}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        </label>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{keep}</Button>
        <Button type="submit" variant="risky-solid" busy={isBusy} disabled={!isReady}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
