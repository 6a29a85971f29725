"use client";
// const EditPost = later(() => import("./edit-post").then((m) => m.EditPost));   {open ? <EditPost gaveUp={close} … /> : null}
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";

type Extra = {
  /** Called when the code cannot be fetched, after that was said. */
  gaveUp?: () => void;
  /** Shown until the code is here. */
  meanwhile?: ReactNode;
};

/** A component whose code is fetched when it first appears. Through next/dynamic a failure (offline) would take the page with it. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P & Extra> {
  return function Later({ gaveUp, meanwhile = null, ...props }: P & Extra) {
    const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
    useEffect(() => {
      let wanted = true;
      load().then(
        (component) => wanted && setLoaded(() => component),
        () => {
          if (!wanted || !gaveUp) return;
          toast.error("That did not work", { description: navigator.onLine ? "The server cannot be reached. Check your connection." : "You are offline." });
          gaveUp();
        },
      );
      return () => void (wanted = false);
      // Once for each time it appears.
      // oxlint-disable-next-line react-hooks/exhaustive-deps
    }, []);
    return Loaded ? <Loaded {...(props as unknown as P)} /> : meanwhile;
  };
}
