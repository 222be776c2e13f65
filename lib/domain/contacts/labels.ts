import type {
  AttributeType,
  CustomerType,
  Device,
  DuplicateReason,
  EngagementKind,
  Stage,
  WorkState,
  ZoneSource,
} from "./vocabulary";

/** How the words of contacts read to people. It imports only vocabulary, so a browser can have it. */
export const stageLabels: Record<Stage, string> = {
  lead: "Lead",
  qualified: "Qualified",
  opportunity: "Opportunity",
  customer: "Customer",
  lost: "Lost",
};

export const customerTypeLabels: Record<CustomerType, { label: string; says: string }> = {
  new: { label: "New", says: "Has neither bought nor come back yet" },
  returning: { label: "Returning", says: "Has visited or answered, and not bought yet" },
  existing: { label: "Existing", says: "Has bought" },
};

export const deviceLabels: Record<Device, string> = { mobile: "Phone", desktop: "Computer", tablet: "Tablet" };

export const zoneSourceLabels: Record<ZoneSource, string> = {
  own: "said by somebody",
  phone: "from the phone number",
  locale: "from the language",
  visit: "from a visit",
  workspace: "the workspace's own",
};

export const attributeTypeLabels: Record<AttributeType, { label: string; says: string }> = {
  text: { label: "Text", says: "Words of up to 1,000 characters" },
  number: { label: "Number", says: "Can be compared: more than, between" },
  boolean: { label: "Yes or no", says: "One of the two, or not known" },
  date: { label: "Date", says: "A day: can be counted from, and comes again each year" },
};

export const duplicateReasonLabels: Record<DuplicateReason, string> = {
  same_email: "the same e-mail address",
  same_phone: "the same phone number",
  same_name: "the same name",
};

export const engagementLabels: Record<EngagementKind, string> = {
  sent: "Sent",
  delivered: "Delivered",
  opened: "Opened",
  clicked: "Clicked",
  replied: "Replied",
  converted: "Bought",
};

export const workStateLabels: Record<WorkState, string> = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Stopped",
  undoing: "Being taken back",
  undone: "Taken back",
};
