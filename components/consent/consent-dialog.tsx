"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { type Reach, recordConsent, suppress } from "@/lib/client/consent";
import { channelLabels } from "@/lib/domain/channels/labels";

export type ConsentAct = { kind: "granted" | "denied" | "pending" | "suppress"; reach: Reach; contactId: string };

const words: Record<
  ConsentAct["kind"],
  { title: string; says: string; field: string; help: string; button: string; busy: string; done: string }
> = {
  granted: {
    title: "They said yes to",
    says: "The ledger keeps your name, the day and where they said it. Without that it proves nothing.",
    field: "Where they said it",
    help: "Checkout, stand at the fair, phone call",
    button: "Note the yes",
    busy: "Noting",
    done: "Noted: they said yes to",
  },
  denied: {
    title: "They said no to",
    says: "It counts at once. From then on only they themselves can say yes again, on their own page or in a form.",
    field: "Where they said it",
    help: "By phone, in the shop, in an answer",
    button: "Note the no",
    busy: "Noting",
    done: "Noted: they said no to",
  },
  pending: {
    title: "Ask them about",
    says: "They get one letter with one button. Nothing else is sent until they press it. The link is good for seven days.",
    field: "Why you ask",
    help: "Stands in the ledger, not in the letter",
    button: "Send the letter",
    busy: "Sending",
    done: "Asked by letter about",
  },
  suppress: {
    title: "Block the address for",
    says: "Nothing at all is sent there any more, service messages included. An admin can lift it.",
    field: "Why",
    help: "Seen by colleagues",
    button: "Block it",
    busy: "Blocking",
    done: "Blocked for",
  },
};

/** What somebody was told, written down with where it comes from. */
export default function ConsentDialog({
  act,
  onClose,
  onDone,
}: {
  act: ConsentAct;
  onClose: () => void;
  onDone: (words: string) => void;
}) {
  const { kind, reach, contactId } = act;
  const say = words[kind];
  const channel = channelLabels[reach.channel];
  const what = kind === "suppress" ? channel : `marketing by ${channel}`;
  return (
    <Dialog isOpen onClose={onClose} title={`${say.title} ${what}`} says={say.says} width="small">
      <Form
        onSubmit={async (values) => {
          const detail = String(values.sourceDetail ?? "").trim();
          if (kind === "suppress") {
            await suppress({
              contactId,
              channel: reach.channel,
              reason: "manual",
              ...(detail ? { note: detail } : {}),
            });
          } else {
            const body = { channel: reach.channel, state: kind, ...(detail ? { sourceDetail: detail } : {}) };
            await recordConsent(contactId, body);
          }
          onDone(`${say.done} ${what}`);
          onClose();
        }}
        shape={{
          safeParse: (values) =>
            kind !== "granted" || String((values as { sourceDetail?: unknown }).sourceDetail ?? "").trim() !== ""
              ? { success: true }
              : { success: false, error: { issues: [{ path: ["sourceDetail"], message: "Say where they said it." }] } },
        }}
      >
        <Field name="sourceDetail" label={say.field} help={say.help} optional={kind !== "granted"}>
          <Input maxLength={200} autoComplete="off" autoFocus />
        </Field>
        <FormActions className="justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton busyLabel={say.busy}>{say.button}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
