// <Spinner /> or <Spinner label="Loading posts" />. Without a label it is decoration; with one it is announced.
import { cn } from "./cn";

export function Spinner({ label, centred, className }: { label?: string; /** Alone in the middle of its line. */ centred?: boolean; className?: string }) {
  return (
    <span role={label ? "status" : undefined} className={cn(centred ? "flex items-center justify-center" : "inline-flex", className)}>
      <svg viewBox="0 0 24 24" aria-hidden className="size-[1.25em] animate-spin" fill="none" strokeWidth="2.5" strokeLinecap="round">
        <circle cx="12" cy="12" r="9" stroke="currentColor" opacity="0.22" />
        <path d="M12 3a9 9 0 0 1 9 9" stroke="currentColor" />
      </svg>
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
