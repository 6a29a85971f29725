"use client";
import { type ComponentType, useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";

/**
 * A component that is fetched when it is first wanted; null until it is here. When it cannot be fetched (offline) that is
 * said and `gaveUp` called: through next/dynamic the failure would take the page with it.
 */
export function useLater<P>(wanted: boolean, load: () => Promise<ComponentType<P>>, gaveUp?: () => void): ComponentType<P> | null {
  const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
  useEffect(() => {
    if (!wanted || Loaded) return;
    let waiting = true;
    load().then(
      (component) => waiting && setLoaded(() => component),
      () => {
        if (!waiting || !gaveUp) return;
        toast.error("That did not work", { description: navigator.onLine ? "The server cannot be reached. Check your connection." : "You are offline." });
        gaveUp();
      },
    );
    return () => void (waiting = false);
    // `load` and `gaveUp` are written in place by those who use it; only the wish counts.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, Loaded]);
  return wanted ? Loaded : null;
}
