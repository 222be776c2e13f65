"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { SegmentEditor } from "@/components/segments/segment-editor";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toast";
import { changeSegment, type Segment } from "@/lib/client/segments";
import type { RuleTree } from "@/lib/domain/segments/rules";

/** The builder over what is saved. Nothing changes for anybody until it is saved. */
export default function EditRules({ segment }: { segment: Segment }) {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const [name, setName] = useState(segment.name);
  const save = useMutation({
    mutationFn: (rules: RuleTree) => changeSegment(segment.id, { name: name.trim(), rules }),
    onSuccess: async (saved) => {
      client.setQueryData([tenantUuid, "segment", segment.id], saved);
      await client.invalidateQueries({ queryKey: [tenantUuid, "segments"] });
      toast({ tone: "good", text: "Saved. Its people are being found" });
      setTimeout(() => void client.invalidateQueries({ queryKey: [tenantUuid, "segment", segment.id] }), 3_000);
    },
  });
  const mayWrite = can("segments:write") && !segment.archivedAt;
  return (
    <SegmentEditor
      // What was saved is what the next change begins with.
      key={JSON.stringify(segment.rules)}
      tenant={tenantUuid}
      rules={segment.rules ?? { all: [] }}
      head={
        mayWrite && (
          <Field
            name="name"
            label="Name"
            required
            error={name.trim() === "" ? "Give it a name to find it by." : undefined}
          >
            <Input value={name} maxLength={120} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
        )
      }
      foot={({ rules, unfinished, isChanged }) =>
        mayWrite && (
          <div className="grid gap-3">
            {save.error && (
              <Note tone="bad" role="alert">
                {save.error.message}
              </Note>
            )}
            <div>
              <Button
                variant="primary"
                busy={save.isPending}
                offBecause={
                  unfinished > 0
                    ? "Finish the rules, or take away those you do not need."
                    : name.trim() === ""
                      ? "Give it a name."
                      : !isChanged && name.trim() === segment.name
                        ? "Nothing has changed."
                        : undefined
                }
                onClick={() => save.mutate(rules)}
              >
                Save the changes
              </Button>
            </div>
          </div>
        )
      }
    />
  );
}
