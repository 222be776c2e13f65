"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Announcer } from "@/components/feedback/announcer";
import { ToastHost } from "@/components/ui/toast";
import { QueryProvider } from "@/lib/client/query-client";

/** What every page has around it, signed in or not. */
export function Providers({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce, scriptProps: { suppressHydrationWarning: true } } : {})}
    >
      <QueryProvider>{children}</QueryProvider>
      <ToastHost />
      <Announcer />
    </ThemeProvider>
  );
}
