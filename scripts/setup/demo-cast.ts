import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { Stage } from "@/lib/domain/contacts/vocabulary";

/** The people of the demo: a few that the pages tell stories about, and a crowd around them, the same on every machine. */
export type CastMember = {
  externalId: string;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  locale: string;
  city: string;
  country: string;
  company: string | null;
  stage: Stage;
  tags: string[];
  product: string;
  birthday: string | null;
  preferred: Channel | null;
  /** How warmly this person answers, 0 to 1: what the demo's engagement is made from. */
  warmth: number;
  orders: number;
  daysKnown: number;
  consent: "yes" | "asked" | "no" | "unknown";
  bounced: boolean;
};

type Place = { city: string; country: string; locale: string; phone: (n: number) => string };
const digits = (n: number, length: number) => String(n % 10 ** length).padStart(length, "0");
const us = (area: string) => (n: number) => `+1${area}55501${digits(n, 2)}`;

/** 555-01xx is kept free for fiction in North America; the others only look right, and the demo never calls anyone. */
const places: Place[] = [
  { city: "Miramar, Florida", country: "US", locale: "en-US", phone: us("305") },
  { city: "Brooklyn", country: "US", locale: "en-US", phone: us("718") },
  { city: "Boston", country: "US", locale: "en-US", phone: us("617") },
  { city: "Orlando", country: "US", locale: "en-US", phone: us("407") },
  { city: "Newark", country: "US", locale: "en-US", phone: us("973") },
  { city: "Montréal", country: "CA", locale: "fr-CA", phone: us("514") },
  { city: "Ottawa", country: "CA", locale: "en-CA", phone: us("613") },
  { city: "Paris", country: "FR", locale: "fr-FR", phone: (n) => `+3361200${digits(n, 4)}` },
  { city: "Lyon", country: "FR", locale: "fr-FR", phone: (n) => `+3361201${digits(n, 4)}` },
  { city: "Pointe-à-Pitre", country: "GP", locale: "fr-GP", phone: (n) => `+59069000${digits(n, 4)}` },
  { city: "Pétion-Ville", country: "HT", locale: "ht-HT", phone: (n) => `+5093410${digits(n, 4)}` },
  { city: "Cap-Haïtien", country: "HT", locale: "ht-HT", phone: (n) => `+5093701${digits(n, 4)}` },
];

type Story = Partial<CastMember> & { firstName: string; lastName: string; city: string };
const stories: Story[] = [
  {
    firstName: "Josette",
    lastName: "Alcindor",
    city: "Miramar, Florida",
    orders: 5,
    warmth: 0.9,
    stage: "customer",
    preferred: "whatsapp",
    tags: ["vip", "table linen"],
    product: "table linen",
    daysKnown: 610,
    consent: "yes",
  },
  {
    firstName: "Marie-Ange",
    lastName: "Toussaint",
    city: "Montréal",
    orders: 0,
    warmth: 0.7,
    stage: "opportunity",
    tags: ["indigo"],
    product: "runner",
    daysKnown: 120,
    consent: "yes",
  },
  {
    firstName: "Nadège",
    lastName: "Philippe",
    city: "Boston",
    orders: 2,
    warmth: 0.6,
    stage: "customer",
    tags: ["table linen"],
    product: "table linen",
    daysKnown: 340,
    consent: "yes",
  },
  {
    firstName: "Wilner",
    lastName: "Baptiste",
    city: "Brooklyn",
    orders: 1,
    warmth: 0.8,
    stage: "customer",
    preferred: "whatsapp",
    tags: ["scarves"],
    product: "scarf",
    daysKnown: 90,
    consent: "yes",
  },
  {
    firstName: "Darline",
    lastName: "Joachim",
    city: "Pointe-à-Pitre",
    orders: 0,
    warmth: 0.5,
    stage: "lead",
    tags: ["bags"],
    product: "bag",
    daysKnown: 9,
    consent: "asked",
  },
  {
    firstName: "Claudia",
    lastName: "Estimé",
    city: "Ottawa",
    orders: 1,
    warmth: 0.5,
    stage: "customer",
    tags: ["scarves"],
    product: "scarf",
    daysKnown: 200,
    consent: "yes",
  },
  {
    firstName: "Réginald",
    lastName: "Cadet",
    city: "Newark",
    orders: 1,
    warmth: 0.3,
    stage: "customer",
    tags: ["complaint"],
    product: "table linen",
    daysKnown: 150,
    consent: "yes",
  },
  {
    firstName: "Guerda",
    lastName: "Saint-Fleur",
    city: "Paris",
    orders: 0,
    warmth: 0.6,
    stage: "qualified",
    preferred: "whatsapp",
    tags: ["table linen"],
    product: "table linen",
    daysKnown: 240,
    consent: "yes",
  },
  {
    firstName: "Frantz",
    lastName: "Desravines",
    city: "Newark",
    orders: 1,
    warmth: 0.2,
    stage: "lost",
    tags: [],
    product: "bag",
    daysKnown: 420,
    consent: "no",
  },
  {
    firstName: "Jean-Robert",
    lastName: "Cinéus",
    city: "Lyon",
    orders: 0,
    warmth: 0.1,
    stage: "lead",
    tags: [],
    product: "scarf",
    daysKnown: 300,
    consent: "yes",
    bounced: true,
    phone: null,
  },
  {
    firstName: "Thérèse",
    lastName: "Villard",
    city: "Pétion-Ville",
    orders: 3,
    warmth: 0.7,
    stage: "customer",
    company: "Hôtel Villa Thérèse",
    tags: ["trade", "napkins"],
    product: "napkins",
    daysKnown: 500,
    consent: "yes",
  },
  {
    firstName: "Lucie",
    lastName: "Lunaire",
    city: "Montréal",
    orders: 0,
    warmth: 0.6,
    stage: "opportunity",
    company: "Boutique Lunaire",
    tags: ["trade"],
    product: "bag",
    daysKnown: 60,
    consent: "yes",
  },
  {
    firstName: "Sonson",
    lastName: "Fils-Aimé",
    city: "Lyon",
    orders: 2,
    warmth: 0.8,
    stage: "customer",
    company: "Sonson & Filles",
    tags: ["trade"],
    product: "table linen",
    daysKnown: 380,
    consent: "yes",
  },
  // The same person twice, as a shop's list has them: what the page of duplicates is for.
  {
    firstName: "Nadege",
    lastName: "Philippe",
    city: "Boston",
    orders: 0,
    warmth: 0.2,
    stage: "lead",
    tags: ["market 2025"],
    product: "scarf",
    daysKnown: 400,
    consent: "unknown",
  },
];

const firstNames =
  "Mirlande Roseline Islande Magalie Carline Ketsia Fabiola Guerline Yolette Rachelle Nathalie Esther Junie Lovely Sherley Emmanuel Peterson Fritznel Stanley Jimmy Ricardo Wisler Evens Yves-Marie Jacques Rodney Clifford Louis-Jean Samuel Widlyne".split(
    " ",
  );
const lastNames =
  "Duvivier Laguerre Auguste Prophète Métellus Ulysse Pierre-Louis Dorvil Jean-Baptiste Charles Estinfil Lafontant Célestin Bellevue Moïse Saint-Louis Désir Noël Cadichon Fleurimond Germain Hyppolite Joseph Lamour Mondésir Narcisse Oriol Paul Remy Théodore".split(
    " ",
  );
const products = ["table linen", "scarf", "bag", "napkins", "runner", "curtain"] as const;
const crowd = 286;

export function demoCast(): CastMember[] {
  const random = randomFrom(1804);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const people: Story[] = [...stories];
  for (let i = 0; i < crowd; i++) {
    const warmth = random() ** 1.6;
    const orders = random() < warmth * 0.5 ? 1 + Math.floor(random() * 4) : 0;
    people.push({
      firstName: firstNames[i % firstNames.length] ?? "",
      lastName: lastNames[(i * 7 + Math.floor(i / 30)) % lastNames.length] ?? "",
      city: pick(places).city,
      warmth,
      orders,
      stage:
        orders > 0
          ? "customer"
          : pick(["lead", "lead", "lead", "qualified", "qualified", "opportunity", "lost"] as const),
      tags: random() < 0.2 ? ["market 2025"] : random() < 0.1 ? ["vip"] : random() < 0.2 ? ["newsletter"] : [],
      product: pick(products),
      daysKnown: 3 + Math.floor(random() * 640),
      consent: pick(["yes", "yes", "yes", "yes", "asked", "no", "unknown"] as const),
      bounced: random() < 0.03,
      ...(random() < 0.25 ? { phone: null } : {}),
      ...(random() < 0.06 ? { email: null } : {}),
    });
  }
  return people.map((given, index) => complete(given, index, random()));
}

function complete(given: Story, index: number, chance: number): CastMember {
  const place = places.find(({ city }) => city === given.city) ?? (places[0] as Place);
  const plain = (text: string) =>
    text
      .normalize("NFD")
      .replace(/[^A-Za-z-]/g, "")
      .toLowerCase();
  const first = plain(given.firstName);
  const last = plain(given.lastName);
  // The number keeps two of one name apart; the double of the stories keeps its own address on purpose.
  const address = `${first}.${last}${index < stories.length ? "" : index}@${place.country.toLowerCase()}.example`;
  const month = String(1 + (index % 12)).padStart(2, "0");
  return {
    externalId: `AL-${10_000 + index}`,
    country: place.country,
    locale: place.locale,
    phone: place.phone(index),
    email: address,
    company: null,
    stage: "lead",
    tags: [],
    product: "scarf",
    preferred: null,
    warmth: 0.3,
    orders: 0,
    daysKnown: 100,
    consent: "unknown",
    bounced: false,
    birthday: chance < 0.4 ? `19${60 + (index % 40)}-${month}-${String(1 + (index % 28)).padStart(2, "0")}` : null,
    ...given,
  };
}

/** The same numbers on every machine, so that a screenshot today is a screenshot tomorrow. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
