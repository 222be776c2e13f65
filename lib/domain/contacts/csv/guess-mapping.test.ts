import { describe, expect, it } from "vitest";
import { guessMapping } from "./guess-mapping";
import { headingKey, headingWords, meaningOf } from "./heading-words";

const targets = (header: string[], samples: string[][] = []) =>
  guessMapping(header, samples, []).map(({ target }) => target);

describe("guessing what columns are", () => {
  it.each([
    [
      "Mailchimp",
      ["Email Address", "First Name", "Last Name", "Phone Number", "OPTIN_IP", "TIMEZONE", "LEID", "NOTES", "TAGS"],
      ["email", "first_name", "last_name", "phone", null, "time_zone", "external_id", "note", "tags"],
    ],
    [
      "HubSpot",
      [
        "Record ID - Contact",
        "First Name",
        "Last Name",
        "Email",
        "Phone Number",
        "Contact owner",
        "Lifecycle Stage",
        "Associated Company",
      ],
      ["external_id", "first_name", "last_name", "email", "phone", "owner", "stage", "company"],
    ],
    [
      "Shopify",
      [
        "Customer ID",
        "First Name",
        "Last Name",
        "Email",
        "Accepts Email Marketing",
        "Default Address Company",
        "Default Address Phone",
        "Phone",
        "Accepts SMS Marketing",
        "Total Spent",
        "Note",
        "Tags",
      ],
      [
        "external_id",
        "first_name",
        "last_name",
        "email",
        "consent_email",
        "company",
        null,
        "phone",
        "consent_sms",
        null,
        "note",
        "tags",
      ],
    ],
    [
      "Customer.io",
      ["id", "email", "created_at", "phone", "timezone"],
      ["external_id", "email", null, "phone", "time_zone"],
    ],
    [
      "Google Contacts",
      [
        "First Name",
        "Last Name",
        "Organization Name",
        "Labels",
        "E-mail 1 - Label",
        "E-mail 1 - Value",
        "Phone 1 - Value",
      ],
      ["first_name", "last_name", "company", "tags", null, "email", "phone"],
    ],
    [
      "a French list",
      ["Nom", "Prénom", "Courriel", "Téléphone", "Société", "Langue"],
      ["last_name", "first_name", "email", "phone", "company", "locale"],
    ],
    ["a French list with whole names", ["Nom", "Adresse e-mail"], ["name", "email"]],
    [
      "a Spanish list",
      ["Nombre", "Apellidos", "Correo electrónico", "Móvil", "Empresa"],
      ["first_name", "last_name", "email", "phone", "company"],
    ],
    [
      "a Creole list",
      ["Non", "Siyati", "Imèl", "Telefòn", "WhatsApp"],
      ["first_name", "last_name", "email", "phone", "whatsapp"],
    ],
    [
      "a German list",
      ["Name", "Vorname", "E-Mail-Adresse", "Handynummer", "Firma"],
      ["last_name", "first_name", "email", "phone", "company"],
    ],
    ["a Portuguese list", ["Nome", "Sobrenome", "E-mail", "Celular"], ["first_name", "last_name", "email", "phone"]],
  ])("knows the headings of %s", (_, header, expected) => {
    expect(targets(header)).toEqual(expected);
  });

  it("knows columns with strange headings by what stands in them, and is not sure", () => {
    const found = guessMapping(
      ["c1", "c2", "c3"],
      [
        ["a@b.ht", "+509 3412 3456", "12"],
        ["c@d.ht", "+1 305 555 0100", "7"],
      ],
      [],
    );
    expect(found.map(({ target, sure }) => [target, sure])).toEqual([
      ["email", false],
      ["phone", false],
      [null, false],
    ]);
  });

  it("doubts a heading whose values say otherwise, and prefers the column that fits", () => {
    const found = guessMapping(
      ["Email", "Contact info"],
      [
        ["yes", "a@b.ht"],
        ["no", "c@d.ht"],
      ],
      [],
    );
    expect(found[1]).toMatchObject({ target: "email", because: "The values are e-mail addresses." });
    expect(found[0]).toMatchObject({ target: null, because: '"Contact info" already goes to E-mail address.' });
  });

  it("is not sure of consent whose values are not yes or no", () => {
    expect(guessMapping(["Newsletter"], [["weekly"]], [])[0]).toMatchObject({ target: "consent_email", sure: false });
    expect(guessMapping(["Newsletter"], [["oui"]], [])[0]).toMatchObject({ target: "consent_email", sure: true });
  });

  it("gives no target to two columns", () => {
    const found = guessMapping(["Work email", "Email", "email (2)", "E-Mail"], [], []);
    expect(found.map(({ target }) => target)).toEqual([null, "email", null, null]);
    expect(found[0]?.because).toBe('"Email" already goes to E-mail address.');
  });

  it("knows the workspace's own attributes by key and by label, before its own words", () => {
    const attributes = [
      { key: "shoe_size", label: "Pointure", type: "number" as const },
      { key: "company", label: "Market stall", type: "text" as const },
    ];
    expect(guessMapping(["POINTURE", "Company", "Entreprise"], [], attributes).map(({ target }) => target)).toEqual([
      "attribute:shoe_size",
      "attribute:company",
      "company",
    ]);
  });

  it("means one thing by each heading of the table", () => {
    const words = Object.values(headingWords).flatMap((all) => [...new Set(all.map(headingKey))]);
    expect(words.length).toBe(new Set(words).size);
    expect(meaningOf.size).toBe(words.length);
  });
});
