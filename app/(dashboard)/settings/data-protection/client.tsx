"use client";

import { ErasureTable } from "./_parts/erasure-table";
import { ProcessingTable } from "./_parts/processing-table";
import { RequestTable } from "./_parts/request-table";
import { RetentionForm } from "./_parts/retention-form";

export function DataProtection() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <RequestTable />
      <RetentionForm />
      <ErasureTable />
      <ProcessingTable />
    </div>
  );
}
