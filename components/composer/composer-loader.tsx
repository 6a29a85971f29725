"use client";
import dynamic from "next/dynamic";
import type { CircleView } from "@/lib/graph/types";
import { ComposerSkeleton } from "./composer-skeleton";

// Apart from the page's own code, so that a link to it, loaded ahead, does not bring the whole composer to every page.
// It works on the device's own store, so there is nothing to render on the server.
const Composer = dynamic(() => import("./composer").then((m) => m.Composer), { ssr: false, loading: ComposerSkeleton });

export function ComposerLoader(props: { viewer: { id: string; isPrivate: boolean }; circles: CircleView[]; takesVideos: boolean }) {
  return <Composer {...props} />;
}
