import type { Metadata } from "next";
import { BrandMark } from "@/components/shell/brand-mark";
import { TextLink } from "@/components/ui/text-link";
import { Reference } from "./_parts/reference";

export const metadata: Metadata = { title: "API reference" };

/** Public, like the document it is drawn from. */
export default function DocsPage() {
  return (
    <div className="flex h-dvh flex-col overflow-clip">
      <header className="flex h-12 flex-none items-center gap-3 border-b border-line bg-paper px-4 sm:px-6">
        <BrandMark />
        <h1 className="min-w-0 grow truncate !text-14 font-semibold">API reference</h1>
        <a href="/openapi.json" className="text-13 text-soft under hover:text-ink">
          OpenAPI document
        </a>
        <TextLink href="/overview" className="text-13 max-sm:hidden">
          Go to the overview
        </TextLink>
      </header>
      <div className="min-h-0 grow overflow-clip">
        <Reference />
      </div>
    </div>
  );
}
