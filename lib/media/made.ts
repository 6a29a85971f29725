import type { Variant } from "@/db/schema/media";
import type { Receipt } from "@/db/schema/media-edit";
import type { Essential } from "./derive";

/** A file with how similar it is to the pixels of which it was made; null where that was not measured. */
export type Made = Variant & { similarity: number | null };

/** As `media.variants` has it. */
export const plainVariant = ({ name, ext, width, height, bytes }: Made): Variant => ({ name, ext, width, height, bytes });

/** What is told of a photo that has just been made ready. */
export function receiptOf(type: string, made: Essential): Receipt {
  const { bytes, quality, removed } = made.facts;
  return {
    source: { type, ...made.source, bytes, quality },
    colour: made.known.gamut === "p3" ? "Display P3" : "sRGB",
    served: made.variants,
    removed: [...removed, ...made.lost],
    looks: made.known.looks,
  };
}
