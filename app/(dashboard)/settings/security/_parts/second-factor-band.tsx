"use client";

import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Band } from "@/components/ui/page-head";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { startSecondFactor, stopSecondFactor } from "@/lib/client/access";

const SecondFactorDialog = lazy(() => import("./second-factor-dialog"));

export function SecondFactorBand() {
  const { tenantUuid, person } = useSignedIn();
  const client = useQueryClient();
  const [started, setStarted] = useState<{ secret: string; address: string } | null>(null);
  const [isStarting, setStarting] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const isOn = person.secondFactor === "on";

  const refresh = () => {
    for (const part of ["me", "sessions", "needs-you"]) void client.invalidateQueries({ queryKey: [tenantUuid, part] });
  };
  const start = async () => {
    setStarting(true);
    try {
      setStarted(await startSecondFactor());
    } catch (error) {
      // Whoever closes the question "is it you?" has said no; that needs no message.
      if (!(error instanceof Error && "reason" in error && error.reason === "proof_needed"))
        toast({ tone: "bad", text: error instanceof Error ? error.message : "It did not start. Try again." });
    }
    setStarting(false);
  };

  return (
    <Band
      title={<span id="second-factor">Second factor</span>}
      says="A code from your phone beside the password. A stolen password then opens nothing."
    >
      <div className="grid max-w-[640px] justify-items-start gap-3">
        {isOn ? (
          <>
            <p className="text-13">
              <Status tone="good" shape="full">
                On
              </Status>
              <span className="text-soft">
                {" "}
                · {recoveryWords(person.recoveryCodesLeft)}{" "}
                {person.recoveryCodesLeft <= 3 && "Turn it off and on for new ones."}
              </span>
            </p>
            <Button variant="risky" onClick={() => setStopping(true)}>
              Turn it off
            </Button>
          </>
        ) : (
          <>
            <p className="text-13">
              <Status tone="waiting" shape="ring">
                Off
              </Status>
              <span className="text-soft"> · You need an authenticator app, such as Aegis, 1Password or Google’s.</span>
            </p>
            <Button busy={isStarting} onClick={() => void start()}>
              Set it up
            </Button>
          </>
        )}
      </div>
      {started && (
        <Suspense fallback={null}>
          <SecondFactorDialog
            {...started}
            onOn={refresh}
            onClose={() => {
              setStarted(null);
              refresh();
            }}
          />
        </Suspense>
      )}
      {isStopping && (
        <ConfirmDialog
          isOpen
          onClose={() => setStopping(false)}
          title="Turn the second factor off"
          says="The password alone opens your account then. Your other sessions end, and the recovery codes open nothing any more."
          confirm="Turn it off"
          keep="Leave it on"
          onConfirm={async () => {
            await stopSecondFactor();
            refresh();
            toast({ text: "The second factor is off" });
          }}
        />
      )}
    </Band>
  );
}

function recoveryWords(left: number): string {
  if (left === 0) return "No recovery code is left.";
  return left === 1 ? "1 recovery code is left." : `${left} recovery codes are left.`;
}
