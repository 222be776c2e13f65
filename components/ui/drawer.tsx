"use client";

import { lazy, type ReactNode, Suspense } from "react";

export type DrawerProps = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  says?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** `bottom` is the sheet of a phone. */
  side?: "right" | "bottom";
};

const Body = lazy(() => import("./dialog-body").then((module) => ({ default: module.DrawerBody })));

export function Drawer(props: DrawerProps) {
  if (!props.isOpen) return null;
  return (
    <Suspense fallback={null}>
      <Body {...props} />
    </Suspense>
  );
}
