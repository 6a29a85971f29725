import { useEffect, useState } from "react";
import type { Size } from "@/lib/media/edit/geometry";
import { loadPicture, type Picture, previewSide } from "./picture";

const UNSHOWABLE = "This browser can’t show the photo, so it can’t be edited here. It is posted as it is. To edit it, add it as JPEG, or use Safari for HEIC.";

/** The photo, decoded for the screen; a problem in words when it can't be. */
export function usePicture(source: Blob | string | null, natural?: Size) {
  const [side] = useState(previewSide);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [width, height] = [natural?.width, natural?.height];
  useEffect(() => {
    let isWanted = true;
    setPicture(null);
    setProblem(null);
    if (source === null) return;
    loadPicture(source, side, width && height ? { width, height } : undefined).then(
      (loaded) => isWanted && setPicture(loaded),
      () => isWanted && setProblem(UNSHOWABLE),
    );
    return () => void (isWanted = false);
  }, [source, width, height, side]);
  return { picture, problem };
}
