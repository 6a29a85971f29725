import { cn } from "./cn";

/** How far something is, in words of numbers, too. */
export function ProgressBar({ label, percent, className = "max-w-60" }: { label: string; percent: number; className?: string }) {
  return (
    <div className={cn("flex w-full items-center gap-3", className)}>
      <div role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} className="h-1.5 flex-1 overflow-hidden rounded-full bg-line">
        <div className="h-full origin-left bg-accent transition-transform duration-500" style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <span aria-hidden="true" className="tabular text-sm text-muted">{`${percent}%`}</span>
    </div>
  );
}
