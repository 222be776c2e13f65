import { FormSkeleton, Late } from "@/components/feedback/skeleton";

export default function SettingsLoading() {
  return (
    <Late label="Loading the settings">
      <FormSkeleton fields={5} />
    </Late>
  );
}
