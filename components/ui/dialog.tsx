"use client";

import { lazy, type ReactNode, Suspense } from "react";

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One or two sentences: what this does. */
  says?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  width?: "small" | "normal" | "wide";
  /** What must not be lost by a click beside it. */
  holds?: boolean;
};

const load = () => import("./dialog-body");
const Body = lazy(load);

/** Loads its machinery when first opened; focus goes in, and back to where it was. */
export function Dialog(props: DialogProps) {
  if (!props.isOpen) return null;
  return (
    <Suspense fallback={null}>
      <Body {...props} />
    </Suspense>
  );
}

export const warmDialog = () => void load();
