import type { Channel, Purpose } from "./vocabulary";

export const channelLabels: Record<Channel, string> = {
  email: "Email",
  sms: "SMS",
  whatsapp: "WhatsApp",
  instagram: "Instagram",
  facebook: "Messenger",
  linkedin: "LinkedIn",
  twitter: "X",
  chat: "Web chat",
  contact_form: "Contact form",
};

export const purposeLabels: Record<Purpose, { label: string; says: string }> = {
  marketing: { label: "Marketing", says: "Offers, news, invitations: what a person has to have agreed to" },
  transactional: {
    label: "Service",
    says: "Receipts, deliveries, answers: what a person asked for by buying or writing",
  },
};
