"use client";

import { AddressCheck } from "./_parts/address-check";
import { Rules } from "./_parts/rules";
import { SuppressionTable } from "./_parts/suppression-table";
import { TopicTable } from "./_parts/topic-table";

export function ConsentSettings() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <AddressCheck />
      <TopicTable />
      <SuppressionTable />
      <Rules />
    </div>
  );
}
