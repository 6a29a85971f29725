// <Mark className="size-8" /> the sign: a sun caught by a tilted mirror, its lower half the reflection.
// <Wordmark /> sign and word together. Both are decoration unless `title` is given; a link around them says "Heliograph".
import { cn } from "@/components/ui/cn";

export function Mark({ className, title }: { className?: string; title?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={cn("shrink-0", className)} role={title ? "img" : undefined} aria-hidden={title ? undefined : true}>
      {title ? <title>{title}</title> : null}
      <g transform="rotate(-45 16 16)">
        <path d="M4.500 14.900a13 13 0 0 1 26 0z" fill="var(--accent-vivid)" />
        <path d="M1.500 17.100a13 13 0 0 0 26 0z" fill="currentColor" />
      </g>
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5 text-xl font-bold tracking-[-0.035em]", className)}>
      <Mark className="size-7" />
      Heliograph
    </span>
  );
}
