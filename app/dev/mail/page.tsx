import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { EmptyState } from "@/components/feedback/empty-state";
import { BrandMark } from "@/components/shell/brand-mark";
import { ButtonLink } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { PageHead } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import { listMailBox, readMailBox } from "@/lib/services/access/list-mail-box";
import { Letter } from "./_parts/letter";
import { LookAgain } from "./_parts/look-again";
import { isMailBoxOpen } from "./_parts/mail-box-here";

export const metadata: Metadata = { title: "Development box" };

/** What would have been mailed, for whoever runs the product without a mail provider on their own machine. */
export default async function MailBoxPage({ searchParams }: { searchParams: Promise<{ letter?: string | string[] }> }) {
  // Not forbidden but not there: whoever may not read it need not know that it exists.
  if (!(await isMailBoxOpen())) notFound();
  const { letter: asked } = await searchParams;
  const letters = await listMailBox();
  const isChosen = typeof asked === "string";
  const shown = await readMailBox(isChosen ? asked : (letters[0]?.id ?? ""));
  return (
    <main className="mx-auto max-w-[1080px] px-4 pt-6 pb-12 sm:px-6">
      <p className="mb-6 flex items-center gap-2.5 font-semibold">
        <BrandMark />
        Madan Sara
      </p>
      <PageHead title="Development box" actions={<LookAgain />}>
        No mail provider is set up, so letters stay here. Only this machine can read them.
      </PageHead>
      {letters.length === 0 ? (
        <EmptyState title="No letter yet" action={<ButtonLink href="/sign-up">Create an account</ButtonLink>}>
          Sign-in links, invitations and confirmations arrive here the moment they are asked for.
        </EmptyState>
      ) : (
        <div className="grid items-start gap-5 md:grid-cols-[280px_minmax(0,1fr)]">
          <nav aria-label="Letters" className={cn(isChosen && "max-md:hidden")}>
            <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
              {letters.map(({ id, to, subject, at }) => {
                const isOpen = id === shown?.id;
                return (
                  <li key={id}>
                    <Link
                      href={`/dev/mail?letter=${id}` as Route}
                      prefetch={false}
                      aria-current={isOpen ? "true" : undefined}
                      className={cn(
                        "focus-inset block px-3.5 py-2.5 hover:bg-hover",
                        isOpen && "md:bg-sunken md:shadow-[inset_2px_0_0_var(--accent)]",
                      )}
                    >
                      <span className="flex items-baseline justify-between gap-3 text-12 text-soft">
                        <span className="truncate">{to}</span>
                        <Time at={at} />
                      </span>
                      <span className="mt-0.5 line-clamp-2 text-13 font-medium">{subject}</span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          </nav>
          <div className={cn("min-w-0", !isChosen && "max-md:hidden")}>
            {isChosen && (
              <ButtonLink href="/dev/mail" variant="quiet" className="mb-3 -ml-3 md:hidden">
                All letters
              </ButtonLink>
            )}
            {shown ? (
              <Letter letter={{ ...shown, at: shown.at.toISOString() }} />
            ) : (
              <EmptyState title="This letter is not here">It was cleared away, or the address is mistyped.</EmptyState>
            )}
          </div>
        </div>
      )}
    </main>
  );
}
