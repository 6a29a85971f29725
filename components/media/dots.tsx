import { cn } from "@/components/ui/cn";

/** Where one is among the photos. Decoration: the counter says it in words. */
export function Dots({ count, current }: { count: number; current: number }) {
  return (
    <span aria-hidden="true" className="flex h-6 items-end justify-center gap-[5px]">
      {Array.from({ length: count }, (_, i) => (
        <span key={i} className={cn("h-1.5 rounded-full transition-[width,background-color] duration-200", i === current ? "w-4 bg-accent" : "w-1.5 bg-strong/50")} />
      ))}
    </span>
  );
}
