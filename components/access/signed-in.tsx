"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Me } from "@/lib/client/access";
import type { Permission } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/vocabulary";

export type SignedIn = {
  tenantUuid: string;
  person: NonNullable<Me["person"]>;
  workspace: NonNullable<Me["workspace"]>;
  role: Role;
  can: (permission: Permission) => boolean;
};

const Context = createContext<SignedIn | null>(null);

export function SignedInProvider({ value, children }: { value: SignedIn; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** Who looks at this page, and in which workspace. Only behind the shell. */
export function useSignedIn(): SignedIn {
  const value = useContext(Context);
  if (!value) throw new Error("Nobody is signed in here: this part belongs behind the shell.");
  return value;
}
