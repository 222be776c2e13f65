"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SectionHead } from "@/components/access/section-head";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toast";
import { checkAddress, consentChanged, type Suppression, suppress } from "@/lib/client/consent";
import { reasonLabels } from "@/lib/domain/consent/labels";

type Found = { address: string; items: Suppression[] };

/** The list knows no addresses, so it is asked by typing one. What is typed is compared and forgotten. */
export function AddressCheck() {
  const { tenantUuid, can } = useSignedIn();
  const client = useQueryClient();
  const [found, setFound] = useState<Found | null>(null);
  const [isBusy, setBusy] = useState(false);

  const block = async (address: string) => {
    setBusy(true);
    try {
      const { items } = await suppress({ address, reason: "manual" });
      setFound({ address, items });
      consentChanged(client, tenantUuid);
      toast({ text: `Nothing is sent to ${address} any more` });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Nothing was changed." });
    }
    setBusy(false);
  };

  return (
    <section aria-labelledby="address-check">
      <SectionHead
        id="address-check"
        title="Look up an address"
        says="The list keeps addresses as hashes only: nobody can read it, but it can be asked."
      />
      <Form
        className="max-w-[440px]"
        onSubmit={async (values) => {
          const address = String(values.address ?? "").trim();
          const { items } = await checkAddress(address);
          setFound({ address, items });
        }}
      >
        <Field
          name="address"
          label="E-mail address or phone number"
          help="A phone number with its country code"
          required
        >
          <Input autoComplete="off" spellCheck={false} maxLength={320} />
        </Field>
        <FormActions>
          <SubmitButton busyLabel="Looking">Look it up</SubmitButton>
        </FormActions>
      </Form>
      {found && (
        <Note
          className="mt-3 max-w-[640px]"
          role="status"
          tone={found.items.length > 0 ? "bad" : "good"}
          action={
            found.items.length === 0 &&
            can("consent:write") && (
              <Button size="row" busy={isBusy} onClick={() => void block(found.address)}>
                Block it
              </Button>
            )
          }
        >
          {found.items.length === 0 ? (
            <>
              <b>{found.address}</b> is not on the list.
            </>
          ) : (
            <>
              <b>{found.address}</b> is on the list:{" "}
              {found.items.map((item) => reasonLabels[item.reason].label.toLowerCase()).join(", ")}.
            </>
          )}
        </Note>
      )}
    </section>
  );
}
