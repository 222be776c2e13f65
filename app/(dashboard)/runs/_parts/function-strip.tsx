import { Note } from "@/components/ui/note";
import type { EngineFunction } from "@/lib/client/engine";
import { Triggers } from "./function-words";

/** Above the runs of one function: what starts it, what limits it, and whether anybody runs it now. */
export default function FunctionStrip({ of }: { of: EngineFunction }) {
  return (
    <Note className="mb-3">
      <b>{of.name}</b> starts <Triggers triggers={of.triggers} />.{" "}
      {of.limits.length > 0 && <span className="text-soft">{of.limits.join(". ")}. </span>}
      {!of.isServed && <span className="text-waiting">No running process knows it at the moment.</span>}
    </Note>
  );
}
