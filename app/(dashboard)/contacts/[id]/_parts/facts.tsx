import type { ReactNode } from "react";
import { valueWords } from "@/components/contacts/attribute-words";
import { nameOf } from "@/components/contacts/contact-name";
import { Avatar } from "@/components/ui/avatar";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Attribute, Contact } from "@/lib/client/contacts";
import { channelLabels } from "@/lib/domain/channels/labels";
import { customerTypeLabels, deviceLabels, stageLabels } from "@/lib/domain/contacts/labels";
import { LocalClock } from "./local-clock";

/** Who this is, and what the clock shows where they are. */
export function Who({ contact }: { contact: Contact }) {
  const name = nameOf(contact);
  const place = placeOf(contact);
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Avatar name={name} size="large" />
      <div className="min-w-0">
        <h1 dir="auto" title={name} className="truncate !text-16 !leading-[22px]">
          {name}
        </h1>
        <p className="truncate text-13 text-soft">
          {place && `${place}, `}
          <LocalClock zone={contact.timeZone.zone} because={contact.timeZone.because} />
        </p>
      </div>
    </div>
  );
}

function placeOf({ country }: Contact): string | null {
  if (!country) return null;
  try {
    return new Intl.DisplayNames("en", { type: "region" }).of(country) ?? country;
  } catch {
    return country;
  }
}

function languageOf(locale: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** The rows of a person: only what is known stands here, in the order in which one asks. */
export function Facts({ contact, attributes }: { contact: Contact; attributes: readonly Attribute[] }) {
  const { firstPurchaseAt, lastPurchaseAt, lastVisitAt, lastReplyAt } = contact;
  const known: [string, ReactNode][] = [
    [
      "Customer",
      <span key="type" title={customerTypeLabels[contact.customerType].says}>
        {customerTypeLabels[contact.customerType].label}
        {contact.customerType === "existing" && firstPurchaseAt && (
          <>
            , since <Time at={firstPurchaseAt} />
          </>
        )}
      </span>,
    ],
    ["Stage", stageLabels[contact.stage]],
    [
      "E-mail",
      contact.email && (
        <TextLink href={`mailto:${contact.email}`} look="ink" title={contact.email} className="block truncate">
          {contact.email}
        </TextLink>
      ),
    ],
    [
      "Phone",
      contact.phone && (
        <TextLink href={`tel:${contact.phone}`} look="ink">
          {contact.phone}
        </TextLink>
      ),
    ],
    ["Company", contact.company],
    ["Owner", contact.owner?.name ?? "Nobody"],
    ["Tags", contact.tags.length > 0 && <Tags tags={contact.tags} />],
    ["Writes in", contact.locale && languageOf(contact.locale)],
    ["Best by", contact.preferredChannel && channelLabels[contact.preferredChannel]],
    ["Reads on", contact.devicePreference && deviceLabels[contact.devicePreference]],
    ["Bought", lastPurchaseAt && <Time at={lastPurchaseAt} />],
    ["Visited", lastVisitAt && <Time at={lastVisitAt} />],
    ["Answered", lastReplyAt && <Time at={lastReplyAt} />],
    ["Shop id", contact.externalId && <span className="font-mono text-12">{contact.externalId}</span>],
    ...attributes.map(({ key, label, type }): [string, ReactNode] => [
      label,
      valueWords(contact.attributes[key] ?? null, type),
    ]),
  ];
  return (
    <dl className="mt-3.5 grid grid-cols-[84px_minmax(0,1fr)] gap-x-2 gap-y-1.5 text-13">
      {known
        .filter(([, value]) => Boolean(value))
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-soft [overflow-wrap:anywhere]">{label}</dt>
            <dd dir="auto" className="num min-w-0 text-left [overflow-wrap:anywhere]">
              {value}
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <TextLink
          key={tag}
          href={`/contacts?tag=${encodeURIComponent(tag)}`}
          look="name"
          className="max-w-full truncate bg-quiet-soft px-1.5 text-12 leading-5 !text-soft"
        >
          <bdi>{tag}</bdi>
        </TextLink>
      ))}
    </span>
  );
}
