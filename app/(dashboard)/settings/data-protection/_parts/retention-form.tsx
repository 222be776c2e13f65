"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { FormSkeleton } from "@/components/feedback/skeleton";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { privacyChanged, type RetentionRule, retentionQuery, saveRetention } from "@/lib/client/privacy";
import { dataClassLabels } from "@/lib/domain/privacy/labels";

function help({ dataClass, lastRun }: RetentionRule): string {
  const { says } = dataClassLabels[dataClass];
  return lastRun ? `${says}. ${lastRun.removed.toLocaleString()} went on ${lastRun.day}.` : `${says}.`;
}

export function RetentionForm() {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const retention = useQuery(retentionQuery(tenantUuid));
  return (
    <section aria-labelledby="retention">
      <SectionHead
        id="retention"
        title="How long it is kept"
        says="What is older goes by itself once a day. A shorter time takes effect with the next round and cannot be undone."
      />
      <QueryView
        query={retention}
        skeleton={<FormSkeleton fields={5} />}
        error={{ title: "The times did not load", safe: "What was set holds." }}
      >
        {({ items }) => (
          <Form
            className="max-w-[560px]"
            onSubmit={async (values) => {
              const rules = items.map(({ dataClass }) => ({ dataClass, days: Number(values[dataClass]) }));
              await saveRetention(rules);
              privacyChanged(client, tenantUuid);
              toast({ text: "Saved. It counts from the next round." });
            }}
            shape={{
              safeParse: (values) => {
                const wrong = items.filter(({ dataClass }) => {
                  const days = Number((values as Record<string, unknown>)[dataClass]);
                  return !Number.isInteger(days) || days < 1 || days > 3_650;
                });
                if (wrong.length === 0) return { success: true };
                const message = "Write whole days, from 1 to 3650.";
                return {
                  success: false,
                  error: { issues: wrong.map(({ dataClass }) => ({ path: [dataClass], message })) },
                };
              },
            }}
          >
            {items.map((rule) => (
              <Field
                key={rule.dataClass}
                name={rule.dataClass}
                label={`${dataClassLabels[rule.dataClass].label}, days`}
                help={help(rule)}
              >
                <Input
                  inputMode="numeric"
                  className="max-w-[120px]"
                  defaultValue={String(rule.days)}
                  disabled={!can("privacy:write")}
                />
              </Field>
            ))}
            {can("privacy:write") && (
              <FormActions>
                <SubmitButton busyLabel="Saving">Save</SubmitButton>
              </FormActions>
            )}
          </Form>
        )}
      </QueryView>
    </section>
  );
}
