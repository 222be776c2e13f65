import { FormSkeleton, Late } from "@/components/feedback/skeleton";
import { Page, PageHead } from "@/components/ui/page-head";

export default function ImportLoading() {
  return (
    <Page>
      <PageHead title="Import contacts" />
      <Late label="Loading the import">
        <FormSkeleton fields={3} />
      </Late>
    </Page>
  );
}
