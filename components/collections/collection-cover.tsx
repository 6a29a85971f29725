import { cn } from "@/components/ui/cn";
import { EyeOffIcon, FolderIcon } from "@/components/ui/icons";
import type { CollectionView } from "@/lib/interactions/types";

/** The square by which one knows a collection again. */
export function CollectionCover({ cover, className }: Pick<CollectionView, "cover"> & { className?: string }) {
  const Icon = cover ? EyeOffIcon : FolderIcon;
  return (
    <span className={cn("flex aspect-square items-center justify-center overflow-hidden bg-sunken text-muted", className)}>
      {cover?.url ? <img src={cover.url} alt="" loading="lazy" decoding="async" className="size-full object-cover" /> : <Icon className="size-1/4 min-h-5 min-w-5" />}
    </span>
  );
}
