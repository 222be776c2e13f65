import type { FixedTarget } from "./targets";

/**
 * What lists call their columns, in plain letters: English, French, Spanish, Haitian Creole, German, Portuguese, and the
 * headings that Mailchimp, HubSpot, Shopify, Customer.io and Google Contacts export.
 */
export const headingWords: Record<FixedTarget, readonly string[]> = {
  external_id: [
    ...[
      "external id",
      "externalid",
      "id",
      "customer id",
      "user id",
      "userid",
      "contact id",
      "record id",
      "record id contact",
    ],
    ...["client id", "identifiant", "numero client", "id client", "id cliente", "numero de cliente", "codigo cliente"],
    ...["kundennummer", "kunden id", "leid", "cio id", "crm id", "reference"],
  ],
  name: [
    ...[
      "name",
      "full name",
      "fullname",
      "contact name",
      "customer name",
      "display name",
      "nom complet",
      "nom et prenom",
    ],
    ...["nombre completo", "nombre y apellidos", "nome completo", "non", "non konple", "vollstandiger name"],
    ...["nom", "nombre", "nome", "contact", "client"],
  ],
  first_name: [
    ...[
      "first name",
      "firstname",
      "fname",
      "given name",
      "forename",
      "prenom",
      "primer nombre",
      "primeiro nome",
      "prenon",
    ],
    ...["vorname", "nombre de pila", "non batem"],
  ],
  last_name: [
    ...[
      "last name",
      "lastname",
      "lname",
      "surname",
      "family name",
      "nom de famille",
      "apellido",
      "apellidos",
      "sobrenome",
    ],
    ...["nachname", "familienname", "siyati", "non fanmi", "apelido"],
  ],
  email: [
    ...["email", "e mail", "email address", "e mail address", "mail", "courriel", "adresse email", "adresse e mail"],
    ...["adresse courriel", "adresse mail", "correo", "correo electronico", "e mail adresse", "email adresse", "imel"],
    ...["endereco de email", "e mail 1 value", "primary email", "work email", "adres imel", "email 1"],
  ],
  phone: [
    ...[
      "phone",
      "phone number",
      "phonenumber",
      "telephone",
      "tel",
      "mobile",
      "mobile phone",
      "mobile phone number",
      "mobile number",
    ],
    ...[
      "cell",
      "cell phone",
      "cellphone",
      "portable",
      "numero de telephone",
      "telefono",
      "movil",
      "celular",
      "numero de telefono",
    ],
    ...[
      "telefone",
      "telefon",
      "telefonnummer",
      "handy",
      "handynummer",
      "mobil",
      "telefonn",
      "nimewo telefonn",
      "nimewo",
    ],
    ...["phone 1 value", "default address phone", "primary phone", "work phone", "phone 1", "sms phone number", "gsm"],
  ],
  whatsapp: [
    "whatsapp",
    "whats app",
    "whatsapp number",
    "whatsapp phone number",
    "numero whatsapp",
    "nimewo whatsapp",
    "wa",
  ],
  instagram: ["instagram", "instagram handle", "instagram username", "instagram id", "ig", "insta"],
  facebook: ["facebook", "facebook id", "messenger", "messenger id", "facebook messenger", "psid"],
  linkedin: ["linkedin", "linkedin url", "linkedin profile", "linkedin bio", "linkedin id"],
  twitter: ["twitter", "twitter handle", "twitter username", "x handle", "x username", "twitter id"],
  customer_type: ["customer type", "type de client", "tipo de cliente", "kundentyp", "tip kliyan"],
  stage: [
    "stage",
    "lifecycle stage",
    "lead stage",
    "lead status",
    "etape",
    "etapa",
    "phase",
    "etap",
    "statut",
    "pipeline stage",
  ],
  time_zone: ["time zone", "timezone", "fuseau horaire", "zona horaria", "zeitzone", "fuso horario", "tz", "ze le"],
  locale: [
    ...["locale", "language", "preferred language", "lang", "langue", "idioma", "sprache", "lang prefere", "lingua"],
    ...["langue preferee", "language preference"],
  ],
  device_preference: ["device preference", "device", "preferred device", "appareil", "dispositivo", "gerat"],
  preferred_channel: [
    ...["preferred channel", "channel", "preferred contact method", "contact preference", "canal", "canal prefere"],
    ...["canal preferido", "kanal", "kanal prefere", "bevorzugter kanal"],
  ],
  company: [
    ...[
      "company",
      "company name",
      "organization",
      "organisation",
      "organization name",
      "organization 1 name",
      "associated company",
    ],
    ...[
      "entreprise",
      "societe",
      "empresa",
      "firma",
      "unternehmen",
      "antrepriz",
      "konpayi",
      "business",
      "business name",
    ],
    ...["default address company", "account name", "employer", "compania", "raison sociale"],
  ],
  tags: [
    "tags",
    "tag",
    "labels",
    "group membership",
    "etiquettes",
    "etiquetas",
    "schlagworter",
    "etiket",
    "mots cles",
    "groups",
  ],
  owner: [
    ...[
      "owner",
      "contact owner",
      "assigned to",
      "account owner",
      "responsable",
      "proprietaire",
      "propietario",
      "responsavel",
    ],
    ...["zustandig", "sales rep", "lead owner", "reskonsab"],
  ],
  note: [
    "note",
    "notes",
    "comment",
    "comments",
    "remark",
    "remarks",
    "remarques",
    "commentaire",
    "nota",
    "notas",
    "notiz",
    "notizen",
    "not",
    "remak",
  ],
  consent_email: [
    ...[
      "consent email",
      "email consent",
      "accepts email marketing",
      "accepts marketing",
      "email opt in",
      "opt in email",
    ],
    ...[
      "email marketing consent",
      "newsletter",
      "subscribed",
      "consentement email",
      "consentimiento email",
      "email subscribed",
    ],
    ...["marketing consent", "opt in", "infolettre", "boletin"],
  ],
  consent_sms: [
    ...["consent sms", "sms consent", "accepts sms marketing", "sms opt in", "opt in sms", "sms marketing consent"],
    ...["consentement sms", "consentimiento sms", "sms subscribed"],
  ],
  consent_whatsapp: [
    ...["consent whatsapp", "whatsapp consent", "whatsapp opt in", "opt in whatsapp", "accepts whatsapp marketing"],
    ...["consentement whatsapp", "consentimiento whatsapp"],
  ],
};

/** Words that mean the whole name alone, and one part of it beside the other part: "Nom" beside "Prénom" is the last name. */
export const namesBeside: readonly { word: string; beside: FixedTarget; means: FixedTarget }[] = [
  { word: "nom", beside: "first_name", means: "last_name" },
  { word: "name", beside: "first_name", means: "last_name" },
  { word: "nombre", beside: "last_name", means: "first_name" },
  { word: "nome", beside: "last_name", means: "first_name" },
  { word: "non", beside: "last_name", means: "first_name" },
];

/** "E-mail Address", "EMAIL_ADDRESS" and "emailAddress" are one heading: "emailaddress". */
export function headingKey(heading: string): string {
  return heading
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** What a heading means by its words, and how plainly: 0 is the plainest name of its target. */
export const meaningOf: ReadonlyMap<string, { target: FixedTarget; rank: number }> = new Map(
  (Object.keys(headingWords) as FixedTarget[]).flatMap((target) =>
    headingWords[target].map((words, rank) => [headingKey(words), { target, rank }] as const).reverse(),
  ),
);
