"use client";

import { createContext, useContext } from "react";

/** What a label, its help and its error say to the control between them. */
export type FieldWiring = {
  id: string;
  name: string;
  describedBy: string | undefined;
  isWrong: boolean;
  isRequired: boolean;
};

export const FieldContext = createContext<FieldWiring | null>(null);

export type ControlProps = {
  id?: string | undefined;
  name?: string | undefined;
  required?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling" | undefined;
};

/** A control takes id, name and its relations from the field around it; its own properties win. */
export function useControl<Props extends ControlProps>(own: Props): Props {
  const field = useContext(FieldContext);
  if (!field) return own;
  return {
    ...own,
    id: own.id ?? field.id,
    name: own.name ?? field.name,
    "aria-required": field.isRequired || undefined,
    "aria-invalid": own["aria-invalid"] ?? (field.isWrong || undefined),
    "aria-describedby": [own["aria-describedby"], field.describedBy].filter(Boolean).join(" ") || undefined,
  };
}
