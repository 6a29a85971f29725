import type { CameraView } from "./types";

/** "FUJIFILM X-T5 · 23 mm · f/2 · 1/250 s · ISO 400"; what the camera did not write is left out. Safe in the browser. */
export function cameraText({ name, focal_length, f_number, exposure_seconds, iso }: Omit<CameraView, "lens">): string {
  const parts = [
    name,
    focal_length && `${trim(focal_length)} mm`,
    f_number && `f/${trim(f_number)}`,
    exposure_seconds && `${exposureText(exposure_seconds)} s`,
    iso && `ISO ${iso}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

const trim = (value: number) => String(Math.round(value * 10) / 10);

/** As dials have it: a fraction up to about a third of a second, seconds beyond. */
function exposureText(seconds: number): string {
  if (seconds >= 0.29) return trim(seconds);
  return `1/${Math.round(1 / seconds)}`;
}
