// <Count value={12345} /> → 12.3K, with the exact number in the tooltip.  <Count value={3} one="post" many="posts" /> → "3 posts".
import { cn } from "./cn";

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat("en");

/** 999 → "999", 12345 → "12.3K". */
export function compactCount(value: number): string {
  return value < 10_000 ? exact.format(value) : compact.format(value);
}

type Props = { value: number; one?: string; many?: string; className?: string };

export function Count({ value, one, many, className }: Props) {
  const noun = value === 1 ? one : (many ?? (one && `${one}s`));
  return (
    <span className={cn("tabular", className)} title={value >= 10_000 ? exact.format(value) : undefined}>
      {compactCount(value)}
      {noun ? ` ${noun}` : null}
    </span>
  );
}
