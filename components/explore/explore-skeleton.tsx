import { cn } from "@/components/ui/cn";
import { Loading, Skeleton } from "@/components/ui/skeleton";

export function ExploreSkeleton() {
  return (
    <Loading label="Loading photos">
      <span className="grid grid-cols-3 gap-0.5 md:gap-1">
        {Array.from({ length: 9 }, (_, i) => (
          <Skeleton key={i} className={cn("aspect-square rounded-none", i === 1 && "col-span-2 col-start-2 row-span-2")} />
        ))}
      </span>
    </Loading>
  );
}
