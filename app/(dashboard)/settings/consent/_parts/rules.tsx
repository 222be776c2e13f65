import { SectionHead } from "@/components/access/section-head";
import { reasonLabels } from "@/lib/domain/consent/labels";
import { suppressionReasons } from "@/lib/domain/consent/vocabulary";

/** What the product does by itself, so that nobody has to guess. */
export function Rules() {
  return (
    <section aria-labelledby="rules" className="max-w-[72ch] text-13">
      <SectionHead id="rules" title="The rules behind it" />
      <ul className="list-disc space-y-1 pl-5">
        <li>Marketing needs a yes on every channel. Service messages need none.</li>
        <li>Who said no can only say yes again themselves. No import, program or colleague outvotes them.</li>
        <li>On SMS and WhatsApp a program cannot vouch for anybody.</li>
        <li>The suppression list is asked last and outvotes everything, urgent messages included.</li>
      </ul>
      <dl className="mt-4 divide-y divide-line border-y border-line">
        {suppressionReasons.map((reason) => (
          <div key={reason} className="grid gap-x-4 py-1.5 sm:grid-cols-[150px_minmax(0,1fr)]">
            <dt className="font-medium">{reasonLabels[reason].label}</dt>
            <dd className="text-soft">
              {reasonLabels[reason].says}. {reasonLabels[reason].lift}.
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
