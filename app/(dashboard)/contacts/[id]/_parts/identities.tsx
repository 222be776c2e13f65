"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { addIdentity, type Contact, contactQuery, removeIdentity } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";

const IdentityForm = lazy(() => import("./identity-form"));

type Identity = Contact["identities"][number];

/** Their accounts at the channels. A person may have several, an account belongs to one person. */
export function Identities({ contact, mayWrite }: { contact: Contact; mayWrite: boolean }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: contactQuery(tenantUuid, contact.id).queryKey });

  const add = async (identity: Pick<Identity, "channel" | "externalId" | "handle">) => {
    await addIdentity(contact.id, identity);
    await refresh();
  };
  const remove = async (identity: Identity) => {
    try {
      await removeIdentity(contact.id, identity.id);
      await refresh();
      toast({
        text: `The ${channelLabels[identity.channel]} account is no longer theirs`,
        onUndo: () => void add(identity).catch((error: Error) => toast({ tone: "bad", text: error.message })),
      });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "It stays. Try again." });
    }
  };
  if (contact.identities.length === 0 && !mayWrite) return null;
  return (
    <section aria-labelledby="identities">
      <div className="mb-1 flex items-center gap-2">
        <h2 id="identities" className="grow">
          Accounts
        </h2>
        {mayWrite && !isAdding && (
          <IconButton label="Add an account" size="row" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {contact.identities.length === 0 && !isAdding && (
        <p className="text-12 text-soft">None is known. The first message from a channel brings its account along.</p>
      )}
      <ul>
        {contact.identities.map((identity) => (
          <li key={identity.id} className="group/identity flex min-h-7 items-center gap-2 text-13">
            <span className="w-[76px] flex-none text-soft">{channelLabels[identity.channel]}</span>
            <bdi title={identity.externalId} className="min-w-0 grow truncate">
              {identity.handle ?? identity.externalId}
            </bdi>
            {mayWrite && (
              <IconButton
                label={`Take away the ${channelLabels[identity.channel]} account`}
                size="row"
                onClick={() => void remove(identity)}
              >
                <X aria-hidden="true" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {isAdding && (
        <Suspense fallback={null}>
          <IdentityForm onAdd={add} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </section>
  );
}
