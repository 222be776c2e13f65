"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Band } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { endOtherSessions, endSession, type Session, sessionsQuery } from "@/lib/client/access";
import { methodLabels } from "@/lib/domain/access/labels";
import { endedWords } from "./password-band";

type Sessions = { items: Session[] };

export function SessionsBand() {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const { queryKey } = sessionsQuery(tenantUuid);
  const sessions = useQuery(sessionsQuery(tenantUuid));
  const [isEndingAll, setEndingAll] = useState(false);
  const others = sessions.data?.items.filter((each) => !each.isCurrent).length ?? 0;

  const end = useMutation({
    mutationFn: (session: Session) => endSession(session.id),
    onMutate: async (session) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Sessions>(queryKey);
      client.setQueryData<Sessions>(
        queryKey,
        (data) => data && { ...data, items: data.items.filter((each) => each.id !== session.id) },
      );
      return before;
    },
    onSuccess: (_, session) => toast({ text: `Signed out: ${session.device}` }),
    onError: (error, _, before) => {
      client.setQueryData(queryKey, before);
      toast({ tone: "bad", text: error.message });
    },
    onSettled: () => void client.invalidateQueries({ queryKey }),
  });

  return (
    <Band
      title="Sessions"
      says="Where you are signed in. A session ends after 12 hours without use, and after 30 days at the latest."
    >
      <QueryView
        query={sessions}
        skeleton={<TextSkeleton lines={4} />}
        error={{ title: "Your sessions did not load", safe: "None of them has ended." }}
      >
        {({ items }) => (
          <div className="grid gap-3">
            <Panel>
              <ul>
                {items.map((session) => (
                  <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session)} />
                ))}
              </ul>
            </Panel>
            {others > 0 && (
              <div>
                <Button variant="risky" onClick={() => setEndingAll(true)}>
                  {others === 1 ? "End the other session" : `End all ${others} other sessions`}
                </Button>
              </div>
            )}
          </div>
        )}
      </QueryView>
      {isEndingAll && (
        <ConfirmDialog
          isOpen
          onClose={() => setEndingAll(false)}
          title={others === 1 ? "End the other session" : `End all ${others} other sessions`}
          says="Every browser but this one has to sign in again. What was typed there and not saved may be lost."
          confirm="End them"
          keep="Leave them"
          onConfirm={async () => {
            const { revoked } = await endOtherSessions();
            void client.invalidateQueries({ queryKey });
            toast({ text: endedWords(revoked) });
          }}
        />
      )}
    </Band>
  );
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const Icon = /Android|iOS/.test(session.device) ? Smartphone : Laptop;
  return (
    <li className="flex min-h-[54px] items-center gap-3 border-b border-line py-2 pr-2.5 pl-3.5 last:border-b-0">
      <Icon aria-hidden="true" className="text-soft" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 text-13 font-medium">
          {session.device}
          {session.isCurrent && <Tag tone="good">This one</Tag>}
        </p>
        <p className="text-12 text-soft">
          {session.isCurrent ? (
            "In use now"
          ) : (
            <>
              Last seen <Time at={session.lastSeenAt} />
            </>
          )}
          {session.ip && (
            <>
              {" "}
              · near <span className="num">{placeWords(session.ip)}</span>
            </>
          )}{" "}
          · {methodLabels[session.method]}, <Time at={session.createdAt} />
        </p>
      </div>
      {!session.isCurrent && (
        <Button size="row" onClick={onEnd} aria-label={`End the session: ${session.device}`}>
          End
        </Button>
      )}
    </li>
  );
}

/** Addresses are kept cut short, so that they name no household: "190.115.184.x". */
function placeWords(ip: string): string {
  return ip.includes(":") ? `${ip.replace(/::$/, "")}:…` : ip.replace(/\.0$/, ".x");
}
