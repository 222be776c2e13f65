import { Bone } from "@/components/feedback/skeleton";
import { Panel } from "@/components/ui/panel";

export function NeedSkeleton() {
  return (
    <Panel>
      {[70, 58, 64].map((width) => (
        <div key={width} className="flex h-10 items-center gap-3 border-b border-line px-3 last:border-b-0">
          <Bone width={16} height={16} />
          <Bone width={`${width}%`} />
        </div>
      ))}
    </Panel>
  );
}
