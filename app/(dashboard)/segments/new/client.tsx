"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { SegmentEditor } from "@/components/segments/segment-editor";
import { Crumbs } from "@/components/shell/crumbs";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Page, PageHead } from "@/components/ui/page-head";
import { newIdempotencyKey } from "@/lib/client/access";
import { createSegment } from "@/lib/client/segments";
import { segmentExamples } from "@/lib/domain/segments/examples";
import type { RuleTree } from "@/lib/domain/segments/rules";

export function NewSegment({ example: wanted }: { example: string | null }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const example = segmentExamples.find(({ id }) => id === wanted);
  const [name, setName] = useState(example?.name ?? "");
  const [isNameless, setNameless] = useState(false);
  // A second press is the same wish; another name or other rules are another one.
  const [key, setKey] = useState(newIdempotencyKey);
  const save = useMutation({
    mutationFn: (rules: RuleTree) => createSegment({ name: name.trim(), rules }, key),
    onSuccess: async (segment) => {
      await client.invalidateQueries({ queryKey: [tenantUuid, "segments"] });
      router.push(`/segments/${segment.id}`);
    },
    onError: () => setKey(newIdempotencyKey()),
  });
  return (
    <Page>
      <Crumbs trail={[{ label: "New" }]} />
      <PageHead title="New segment" />
      <SegmentEditor
        tenant={tenantUuid}
        rules={example?.rules ?? { all: [] }}
        head={
          <Field name="name" label="Name" required error={isNameless ? "Give it a name to find it by." : undefined}>
            <Input
              value={name}
              maxLength={120}
              autoComplete="off"
              placeholder="Customers of last summer"
              onChange={(event) => {
                setName(event.target.value);
                setNameless(false);
              }}
            />
          </Field>
        }
        foot={({ rules, unfinished }) => (
          <div className="grid gap-3">
            {save.error && (
              <Note tone="bad" role="alert">
                {save.error.message}
              </Note>
            )}
            <div className="flex flex-wrap gap-2">
              <Button
                variant="primary"
                busy={save.isPending}
                offBecause={unfinished > 0 ? "Finish the rules, or take away those you do not need." : undefined}
                onClick={() => (name.trim() === "" ? setNameless(true) : save.mutate(rules))}
              >
                Save the segment
              </Button>
              <ButtonLink href="/segments">Cancel</ButtonLink>
            </div>
          </div>
        )}
      />
    </Page>
  );
}
