const firstNames = [
  "Mirlande",
  "Josette",
  "Darline",
  "Wideline",
  "Élise",
  "Jean",
  "Frantz",
  "Nadège",
  "Rose-Laure",
  "Ti Jan",
];
const lastNames = [
  "Pierre",
  "Alcindor",
  "Joseph",
  "Jérôme",
  "Étienne",
  "Baptiste",
  "Charles",
  "Louis",
  "Desrosiers",
  "Paul",
];
const countries = ["HT", "US", "CA", "FR", "DO"];

/** A file as a shop would bring it: id, names, addresses, company, a tag and two attributes of its own. */
export function importFile(rows: number): Buffer {
  const lines = ["External id,First name,Last name,E-mail,Phone,Country,Company,Tags,Plan,Spent"];
  for (let at = 0; at < rows; at++) {
    const first = firstNames[at % firstNames.length];
    const last = `${lastNames[Math.floor(at / 10) % lastNames.length]} ${(at % 997).toString(36)}`;
    const phone = `+509${34_000_000 + at}`;
    const plan = at % 3 === 0 ? "gold" : "silver";
    const company = at % 4 === 0 ? `Boutik ${at % 500}` : "";
    const cells = [`k-${at}`, first, last, `person.${at}@example${at % 50}.com`, phone];
    lines.push([...cells, countries[at % 5], company, `wave ${at % 20}`, plan, (at % 9000) / 10].join(","));
  }
  return Buffer.from(`${lines.join("\r\n")}\r\n`, "utf8");
}

export const importChoices = {
  mapping: [
    { column: 0, target: "external_id" },
    { column: 1, target: "first_name" },
    { column: 2, target: "last_name" },
    { column: 3, target: "email" },
    { column: 4, target: "phone" },
    { column: 5, target: null },
    { column: 6, target: "company" },
    { column: 7, target: "tags" },
    { column: 8, target: "attribute:plan" },
    { column: 9, target: "attribute:spent" },
  ],
  options: {
    newAttributes: [
      { key: "plan", label: "Plan", type: "text" as const },
      { key: "spent", label: "Spent", type: "number" as const },
    ],
  },
};
