import { Check } from "lucide-react";
import { bytesInWords, count } from "@/components/imports/amount-words";
import { cn } from "@/components/ui/class-names";
import type { Import } from "@/lib/client/imports";
import { policyLabels } from "@/lib/domain/imports/labels";
import { type WizardStep, wizardSteps } from "../search-params";

const labels: Record<WizardStep, string> = { file: "File", columns: "Columns", options: "Options", check: "Check" };

/** Where one is, and in a line what was decided so far. What lies behind can be gone back to. */
export function StepList({
  step,
  file,
  onGo,
}: {
  step: WizardStep;
  file: Import | undefined;
  onGo: (step: WizardStep) => void;
}) {
  const at = wizardSteps.indexOf(step);
  return (
    <ol className="flex gap-x-5 gap-y-2 overflow-x-auto pb-1 lg:flex-col lg:gap-y-4" aria-label="Steps">
      {wizardSteps.map((each, index) => {
        const isDone = index < at;
        const words = (
          <>
            <span
              aria-hidden="true"
              className={cn(
                "mt-px grid size-[18px] flex-none place-items-center rounded-full text-12 font-medium",
                isDone && "bg-good-soft text-good",
                index === at && "bg-accent text-accent-ink",
                index > at && "border border-line-strong text-soft",
              )}
            >
              {isDone ? <Check className="!size-3" /> : index + 1}
            </span>
            <span className="min-w-0">
              <span className={cn("block text-13", index === at ? "font-strong" : "font-medium")}>{labels[each]}</span>
              <span className="block text-12 text-soft max-lg:hidden">{decided(each, file)}</span>
            </span>
          </>
        );
        return (
          <li key={each} aria-current={index === at ? "step" : undefined} className="flex-none">
            {isDone && each !== "file" ? (
              <button
                type="button"
                className="flex gap-2.5 rounded-md text-left hover:underline max-lg:items-center coarse:min-h-11"
                onClick={() => onGo(each)}
              >
                {words}
              </button>
            ) : (
              <div className="flex gap-2.5 max-lg:items-center coarse:min-h-11">{words}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function decided(step: WizardStep, file: Import | undefined): string {
  if (!file) return step === "file" ? "CSV, up to 512 MB" : "";
  if (step === "file") return `${file.fileName}, ${count(file.rows, "row")}, ${bytesInWords(file.bytes)}`;
  const mapped = file.mapping?.filter(({ target }) => target !== null).length ?? 0;
  if (step === "columns") return `${mapped} of ${count(file.header?.length ?? 0, "column")} taken in`;
  if (step === "options") return `Known people: ${policyLabels[file.policy].label.toLowerCase()}`;
  return "See it before it happens";
}
