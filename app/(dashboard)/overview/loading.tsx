import { Bone, Late, TextSkeleton } from "@/components/feedback/skeleton";
import { Band, Page } from "@/components/ui/page-head";
import { NeedSkeleton } from "./_parts/need-skeleton";

export default function OverviewLoading() {
  return (
    <Page>
      <Late label="Loading the overview">
        <div className="mb-4 grid h-[50px] content-center gap-3">
          <Bone width={220} height={16} />
          <Bone width={180} />
        </div>
        <Band title="Needs you">
          <NeedSkeleton />
        </Band>
        <Band title="What sold">
          <TextSkeleton lines={4} />
        </Band>
        <Band title="What is running">
          <TextSkeleton lines={3} />
        </Band>
      </Late>
    </Page>
  );
}
