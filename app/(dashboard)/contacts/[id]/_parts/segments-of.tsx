"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { TextLink } from "@/components/ui/text-link";
import { segmentsOfQuery, segmentsShown } from "@/lib/client/contacts";

/** In which segments and lists the person stands, each a way there. */
export function SegmentsOf({ contactId }: { contactId: string }) {
  const { tenantUuid, can } = useSignedIn();
  const segments = useQuery({ ...segmentsOfQuery(tenantUuid, contactId), enabled: can("segments:read") });
  const found = segments.data?.items ?? [];
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="segments-of">
      <h2 id="segments-of" className="mb-1">
        Segments
      </h2>
      <ul className="grid gap-1 text-13">
        {found.map(({ id, name, kind }) => (
          <li key={id} className="flex min-w-0 gap-2">
            <TextLink href={`/segments/${id}`} look="ink" className="min-w-0 truncate">
              <bdi>{name}</bdi>
            </TextLink>
            <span className="flex-none text-soft">{kind === "list" ? "list" : "by rules"}</span>
          </li>
        ))}
      </ul>
      {segments.data?.nextCursor && <p className="mt-1 text-12 text-soft">The newest {segmentsShown} of them.</p>}
    </section>
  );
}
