// <Picture media={item} sizes="(min-width: 48rem) 592px, 100vw" priority />   Fills its frame, which must have a size of its own.
// Its placeholder lies beneath as a background, so that nothing jumps or flashes. Who saves data gets smaller ones.
import { type CSSProperties, use } from "react";
import { cn } from "@/components/ui/cn";
import { widestHere, withinWidth } from "@/lib/media/thrift";
import type { MediaView } from "@/lib/media/types";
import { placeholderColour, placeholderPicture } from "./placeholder";

type Props = {
  media: MediaView;
  /** What width the picture will have: the `sizes` attribute. */
  sizes: string;
  fit?: "cover" | "contain";
  /** The first picture of a page: fetched before everything else. */
  priority?: boolean;
  /** A tile of a grid: its average colour is placeholder enough. */
  tile?: boolean;
  alt?: string;
  className?: string;
};

export function Picture({ media, sizes, fit = "cover", priority, tile, alt = media.alt, className }: Props) {
  const bound = use(widestHere())?.[tile ? "tile" : "picture"];
  return (
    <picture className={cn("block size-full bg-sunken bg-cover bg-center", className)} style={background(media.thumbhash, tile)}>
      {/* The best format, and JPEG for what cannot show it: more would be sent with every picture and used by nobody. */}
      {media.sources.slice(0, Math.min(1, media.sources.length - 1)).map(({ type, srcset }) => (
        <source key={type} type={type} srcSet={withinWidth(srcset, bound)} sizes={sizes} />
      ))}
      <img
        src={tile ? media.urls["320"] : media.urls["640"]}
        {...(tile && media.sources.length > 1 ? {} : { srcSet: withinWidth(media.sources.at(-1)?.srcset ?? "", bound) || undefined, sizes })}
        width={media.width || undefined}
        height={media.height || undefined}
        alt={alt}
        loading={priority ? "eager" : "lazy"}
        fetchPriority={priority ? "high" : undefined}
        decoding="async"
        draggable={false}
        className={cn("size-full", fit === "cover" ? "object-cover" : "object-contain")}
      />
    </picture>
  );
}

function background(thumbhash: string | null, tile?: boolean): CSSProperties | undefined {
  const colour = placeholderColour(thumbhash);
  const picture = tile ? null : placeholderPicture(thumbhash);
  return colour ? { backgroundColor: colour, backgroundImage: picture ? `url(${picture})` : undefined } : undefined;
}
