"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { encode } from "uqr";
import { useSignedIn } from "@/components/access/signed-in";
import { saveFile } from "@/components/data-table/csv";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toast";
import { confirmSecondFactor } from "@/lib/client/access";

/** Two steps in one layer: give the secret to the app and prove it arrived, then keep the recovery codes. */
export default function SecondFactorDialog({
  secret,
  address,
  onOn,
  onClose,
}: {
  secret: string;
  address: string;
  onOn: () => void;
  onClose: () => void;
}) {
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <KeepCodes codes={codes} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      holds
      onClose={onClose}
      title="Set up a second factor"
      says="Point your authenticator app at the square, then write the code it shows."
    >
      <div className="grid gap-4 sm:grid-cols-[168px_minmax(0,1fr)]">
        <QrCode text={address} label="QR code for your authenticator app" />
        <div className="grid content-start gap-4">
          <div>
            <p className="text-13 font-medium">Or type this secret into the app</p>
            <p className="mt-1 flex items-start gap-1 font-mono text-13 leading-5">
              <span className="min-w-0">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</span>
              <CopyButton text={secret} label="Copy the secret" iconOnly size="row" />
            </p>
            <p className="text-12 text-soft">Time-based, 6 digits, 30 seconds.</p>
          </div>
          <Form
            shape={{
              safeParse: (values) =>
                /^\d{6}$/.test(plainCode((values as { code?: unknown }).code))
                  ? { success: true }
                  : { success: false, error: { issues: [{ path: ["code"], message: "A code has six digits." }] } },
            }}
            onSubmit={async (values) => {
              const { recoveryCodes } = await confirmSecondFactor(plainCode(values.code));
              setCodes(recoveryCodes);
              onOn();
            }}
          >
            <Field name="code" label="Code from the app" required>
              <Input
                autoComplete="one-time-code"
                inputMode="numeric"
                maxLength={7}
                autoFocus
                className="num max-w-[140px] tracking-[0.12em]"
              />
            </Field>
            <FormActions>
              <SubmitButton busyLabel="Turning on">Turn it on</SubmitButton>
              <Button onClick={onClose}>Not now</Button>
            </FormActions>
          </Form>
        </div>
      </div>
    </Dialog>
  );
}

const plainCode = (value: unknown) => String(value ?? "").replace(/\s/g, "");

function KeepCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { person } = useSignedIn();
  const [isKept, setKept] = useState(false);
  const text = codes.join("\n");
  const done = () => {
    onClose();
    toast({ text: "The second factor is on" });
  };
  return (
    <Dialog
      isOpen
      holds
      onClose={() => {
        if (isKept) done();
      }}
      title="Keep your recovery codes"
      says="Each opens your account once, when the phone is lost. They are shown this one time."
      footer={
        <Button variant="primary" onClick={done} offBecause={isKept ? undefined : "Keep the codes first"}>
          Done
        </Button>
      }
    >
      <div className="grid gap-3.5">
        <Note tone="good" role="status">
          The second factor is on, and your other sessions have ended.
        </Note>
        <ul
          aria-label="Recovery codes"
          className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-13"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={text} label="Copy all" />
          <Button
            icon={<Download aria-hidden="true" />}
            onClick={() =>
              saveFile(
                "madan-sara-recovery-codes.txt",
                `Recovery codes of ${person.email} at Madan Sara. Each works once.\r\n\r\n${codes.join("\r\n")}\r\n`,
                "text/plain;charset=utf-8",
              )
            }
          >
            Download
          </Button>
        </div>
        <Checkbox
          label="I have kept them where I find them without my phone"
          checked={isKept}
          onChange={(event) => setKept(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}

/** Always dark on white, in the dark too: cameras expect it. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-[168px] rounded-md border border-line"
    >
      <path fill="white" d={`M0 0h${size}v${size}H0z`} />
      <path fill="black" d={path} />
    </svg>
  );
}
