// <Skeleton className="h-4 w-32" />, <Skeleton shape="circle" className="size-11" />, <TextSkeleton lines={2} />, <PostSkeleton />, <GridSkeleton />,
// <PersonSkeleton />. Decoration: put them into <Loading label="Loading posts">…</Loading>, which says so once.
import type { ReactNode } from "react";
import { cn } from "./cn";

const shapes = { line: "rounded-sm", circle: "rounded-full", square: "", photo: "md:rounded-lg" } as const;

export function Skeleton({ shape = "line", className }: { shape?: keyof typeof shapes; className?: string }) {
  return <span aria-hidden="true" className={cn("block animate-breathe bg-sunken", shapes[shape], className)} />;
}

export function Loading({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

export function TextSkeleton({ lines = 2 }: { lines?: number }) {
  return (
    <span className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} className={cn("h-3.5", i === lines - 1 ? "w-3/5" : "w-full")} />
      ))}
    </span>
  );
}

export function PersonSkeleton() {
  return (
    <span className="flex items-center gap-3 py-2">
      <Skeleton shape="circle" className="size-11" />
      <span className="flex flex-1 flex-col gap-2">
        <Skeleton className="h-3.5 w-32" />
        <Skeleton className="h-3 w-24" />
      </span>
    </span>
  );
}

/** The shape of a post in the feed, with a 4:5 picture. */
export function PostSkeleton() {
  return (
    <span className="block">
      <span className="flex items-center gap-3 px-4 py-3 md:px-0">
        <Skeleton shape="circle" className="size-11" />
        <Skeleton className="h-3.5 w-36" />
      </span>
      <Skeleton shape="photo" className="aspect-4/5 w-full" />
      <span className="block px-4 py-4 md:px-0">
        <TextSkeleton lines={2} />
      </span>
    </span>
  );
}

/** A grid of squares, as on profiles and explore. */
export function GridSkeleton({ count = 12 }: { count?: number }) {
  return (
    <span className="grid grid-cols-3 gap-0.5 md:gap-1">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} shape="square" className="aspect-square" />
      ))}
    </span>
  );
}
