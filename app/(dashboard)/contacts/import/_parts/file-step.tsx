"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { bytesInWords, timeLeftInWords } from "@/components/imports/amount-words";
import { ProgressBar } from "@/components/imports/progress-bar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Note } from "@/components/ui/note";
import { type Import, uploadFile } from "@/lib/client/imports";

const most = 512 * 1024 * 1024;

type Sending = { name: string; size: number; sent: number; began: number };

export function FileStep({ onUploaded }: { onUploaded: (file: Import) => void }) {
  const [sending, setSending] = useState<Sending | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const send = async (file: File | undefined) => {
    if (!file || sending) return;
    setTrouble(null);
    if (file.size === 0) return setTrouble(`${file.name} is empty.`);
    if (file.size > most) return setTrouble(`${file.name} is larger than 512 MB. Split it and bring the parts.`);
    const control = new AbortController();
    stop.current = control;
    const began = performance.now();
    setSending({ name: file.name, size: file.size, sent: 0, began });
    try {
      onUploaded(
        await uploadFile(file, (sent) => setSending({ name: file.name, size: file.size, sent, began }), control.signal),
      );
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError"))
        setTrouble(error instanceof Error ? error.message : "The file could not be taken in.");
    } finally {
      setSending(null);
      if (field.current) field.current.value = "";
    }
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };

  return (
    <div className="grid max-w-[640px] gap-3">
      {trouble && (
        <Note tone="bad" role="alert">
          {trouble} Nothing was imported.
        </Note>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for everyone else */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "grid min-h-[212px] place-content-center justify-items-start gap-3 rounded-lg border border-dashed border-line-strong bg-surface px-7 py-8",
          isOver && "border-accent bg-accent-soft",
        )}
      >
        {sending ? (
          <Progress sending={sending} onStop={() => stop.current?.abort()} />
        ) : (
          <>
            <h2>Drop a CSV file here</h2>
            <p className="max-w-[52ch] text-13 text-soft">
              Its first row names the columns. Commas, semicolons or tabs, any alphabet, up to 1,000,000 rows. From a
              spreadsheet: save it as CSV first.
            </p>
            <Button variant="primary" icon={<FileUp aria-hidden="true" />} onClick={() => field.current?.click()}>
              Choose a file
            </Button>
          </>
        )}
        <input
          ref={field}
          type="file"
          aria-label="CSV file"
          tabIndex={-1}
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          className="sr-only"
          onChange={(event) => void send(event.target.files?.[0])}
        />
      </div>
    </div>
  );
}

function Progress({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const { name, size, sent, began } = sending;
  const seconds = (performance.now() - began) / 1000;
  const rate = seconds > 0.5 ? sent / seconds : 0;
  const isIn = sent >= size;
  return (
    <div className="grid w-[min(420px,70vw)] gap-2" role="status">
      <p className="truncate text-14 font-medium">{name}</p>
      <ProgressBar done={sent} total={size} label="Upload" />
      <p className="num text-13 text-soft">
        {isIn
          ? "Reading its rows"
          : `${bytesInWords(sent)} of ${bytesInWords(size)}${rate > 0 ? `, ${bytesInWords(rate)} a second, ${timeLeftInWords((size - sent) / rate)} left` : ""}`}
      </p>
      <div>
        <Button size="row" onClick={onStop}>
          Stop
        </Button>
      </div>
    </div>
  );
}
