"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { FormSkeleton } from "@/components/feedback/skeleton";
import { Crumbs } from "@/components/shell/crumbs";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHead } from "@/components/ui/page-head";
import { type Import, importQuery } from "@/lib/client/imports";
import { useUrlState } from "../../_parts/use-url-state";
import { CheckStep } from "./_parts/check-step";
import { ColumnsStep } from "./_parts/columns-step";
import { FileStep } from "./_parts/file-step";
import { OptionsStep } from "./_parts/options-step";
import { StepList } from "./_parts/step-list";
import { searchParams, type WizardStep } from "./search-params";

export function ImportWizard() {
  const { tenantUuid } = useSignedIn();
  const [wanted, setWanted] = useUrlState(searchParams);
  const client = useQueryClient();
  const file = useQuery({ ...importQuery(tenantUuid, wanted.import ?? ""), enabled: Boolean(wanted.import) });
  const step: WizardStep = wanted.import ? (wanted.step === "file" ? "columns" : (wanted.step ?? "columns")) : "file";
  const go = (to: WizardStep) => setWanted({ step: to });
  const keep = (saved: Import) => client.setQueryData(importQuery(tenantUuid, saved.id).queryKey, saved);
  const router = useRouter();

  // A file that runs already has nothing to be chosen any more.
  const isStarted = file.data !== undefined && file.data.state !== "ready" && file.data.state !== "uploading";
  useEffect(() => {
    if (isStarted && wanted.import) router.replace(`/contacts/imports/${wanted.import}` as never);
  }, [isStarted, wanted.import, router]);

  return (
    <Page>
      <Crumbs trail={[{ label: "Import" }]} />
      <PageHead title="Import contacts" actions={<ButtonLink href="/contacts/imports">All imports</ButtonLink>}>
        A CSV file, as any spreadsheet or mailing tool saves it. Nothing is written before you have seen it.
      </PageHead>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[176px_minmax(0,1fr)]">
        <StepList step={step} file={file.data} onGo={go} />
        <div className="min-w-0">
          {step === "file" && (
            <FileStep
              onUploaded={(uploaded) => {
                keep(uploaded);
                setWanted({ import: uploaded.id, step: "columns" });
              }}
            />
          )}
          {step !== "file" && (
            <QueryView
              query={file}
              skeleton={<FormSkeleton fields={4} />}
              error={{
                title: "The file did not load",
                safe: "Nothing was imported.",
                action: <ButtonLink href="/contacts/import">Choose a file again</ButtonLink>,
              }}
            >
              {(data) => (
                <>
                  {step === "columns" && (
                    <ColumnsStep
                      file={data}
                      onSaved={(saved) => {
                        keep(saved);
                        go("options");
                      }}
                    />
                  )}
                  {step === "options" && (
                    <OptionsStep
                      file={data}
                      onBack={() => go("columns")}
                      onSaved={(saved) => {
                        keep(saved);
                        go("check");
                      }}
                    />
                  )}
                  {step === "check" && <CheckStep file={data} onBack={() => go("options")} onStarted={keep} />}
                </>
              )}
            </QueryView>
          )}
        </div>
      </div>
    </Page>
  );
}
