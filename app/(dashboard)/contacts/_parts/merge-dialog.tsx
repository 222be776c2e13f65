"use client";

import { useState } from "react";
import { MergeChoice, useMerging } from "@/components/contacts/merge-choice";
import { useMerge } from "@/components/contacts/use-merge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import type { ContactRow } from "@/lib/client/contacts";

export default function MergeDialog({
  pair,
  onClose,
  onMerged,
}: {
  pair: [ContactRow, ContactRow];
  onClose: () => void;
  onMerged: () => void;
}) {
  const state = useMerging(pair);
  const merge = useMerge();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await merge(state.merging);
      onMerged();
      onClose();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : "They are still two. Try again.");
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Make one of two"
      says="Tags, notes, tasks and history come together. Where one said no to messages, no stays. You can part them again."
      footer={
        <>
          <Button onClick={onClose}>Keep them apart</Button>
          <Button variant="primary" busy={isBusy} onClick={() => void go()}>
            Merge them
          </Button>
        </>
      }
    >
      {trouble && (
        <Note tone="bad" role="alert" className="mb-3">
          {trouble}
        </Note>
      )}
      <MergeChoice pair={pair} state={state} />
    </Dialog>
  );
}
