"use client";

import { Bookmark } from "lucide-react";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LazyTrigger } from "@/components/ui/menu";
import type ViewMenuPart from "./view-menu";

const load = () => import("./view-menu");
const ViewMenu = lazy(load);

/** Stands at once and answers the first press; what lies behind it is fetched when one comes near. */
export function ViewsButton(props: ComponentProps<typeof ViewMenuPart>) {
  const [wasOpened, setOpened] = useState(false);
  const quiet = (
    <LazyTrigger
      trigger={
        <IconButton label="Saved views" size="row">
          <Bookmark aria-hidden="true" />
        </IconButton>
      }
      opens="menu"
      onNear={() => void load()}
      onOpen={() => setOpened(true)}
    />
  );
  if (!wasOpened) return quiet;
  return (
    <Suspense fallback={quiet}>
      <ViewMenu {...props} />
    </Suspense>
  );
}
