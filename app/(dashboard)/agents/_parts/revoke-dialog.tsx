"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { type ApiKey, changeItems, keysQuery, revokeKey } from "@/lib/client/access";

export default function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const { queryKey } = keysQuery(tenantUuid);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke ${apiKey.name}`}
      says={
        <>
          Programs that use it are refused at once, and it can never be used again.{" "}
          {apiKey.lastUsedAt ? (
            <>
              It was last used <Time at={apiKey.lastUsedAt} />.
            </>
          ) : (
            "It was never used."
          )}
        </>
      }
      typed={apiKey.name}
      confirm="Revoke the key"
      onConfirm={async () => {
        const revoked = await revokeKey(apiKey.id);
        await changeItems<ApiKey>(client, queryKey, (items) =>
          items.map((each) => (each.id === revoked.id ? revoked : each)),
        );
        for (const part of ["needs-you", "audit"]) void client.invalidateQueries({ queryKey: [tenantUuid, part] });
        toast({ text: `${apiKey.name} is revoked` });
      }}
    />
  );
}
