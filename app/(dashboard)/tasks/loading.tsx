import { Late, TextSkeleton } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

export default function TasksLoading() {
  return (
    <Page>
      <PageHead title="Tasks" />
      <Late label="Loading the tasks">
        <TextSkeleton lines={8} />
      </Late>
    </Page>
  );
}
