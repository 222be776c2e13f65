import { urlOneOf, urlText } from "../../_parts/url-words";

export const wizardSteps = ["file", "columns", "options", "check"] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** The file and the step are in the address: a reload, or another tab, goes on where one was. */
export const searchParams = { import: urlText, step: urlOneOf(wizardSteps) };
