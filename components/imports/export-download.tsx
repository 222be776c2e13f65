"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { ApiError } from "@/lib/client/api";
import { downloadExport, type Export } from "@/lib/client/imports";

/** The way to the file, where there is one. */
export function ExportDownload({ file, size = "row" }: { file: Export; size?: "row" | "normal" }) {
  const save = useMutation({
    mutationFn: () => downloadExport(file.id),
    onSuccess: (blob) => saveBlob(file.fileName, blob),
    onError: (error) => {
      // "Not now" at the question who one is: nothing failed.
      if (!(error instanceof ApiError && error.reason === "proof_needed")) toast({ tone: "bad", text: error.message });
    },
  });
  if (file.state === "failed") return <span className="text-12 text-bad">{file.failure}</span>;
  // A file that went before its day was over says why.
  if (file.state === "expired" && file.failure) return <span className="text-12 text-soft">{file.failure}</span>;
  if (file.state !== "done") return null;
  return (
    <Button
      size={size}
      icon={<Download aria-hidden="true" />}
      busy={save.isPending}
      onClick={() => save.mutate()}
      aria-label={`Download ${file.fileName}`}
    >
      Download
    </Button>
  );
}

function saveBlob(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
