import type { PhotoEdit } from "@/lib/media/edit/types";
import { editedSize, type Size } from "@/lib/media/edit/geometry";
import { CpuDarkroom } from "./cpu-darkroom";
import { GlDarkroom } from "./gl-darkroom";
import type { Picture } from "./picture";

/** Where a picture is developed for the screen. What it answers is only good until it is asked again: copy it at once. */
export interface Darkroom {
  readonly kind: "gl" | "cpu";
  /** Whether it still works; a browser may take the graphics away at any time. */
  readonly isLost: boolean;
  /** The edited picture at about `size`. A coarse one is for a slider on its way, and for tiles. */
  draw(picture: Picture, edit: PhotoEdit, size: Size, isCoarse: boolean): HTMLCanvasElement;
}

let shared: Darkroom | undefined;

/** The one of this tab: browsers allow only few with graphics. Without WebGL2 the same formulas run more slowly and smaller. */
export function darkroom(): Darkroom {
  if (!shared || shared.isLost) shared = GlDarkroom.open() ?? new CpuDarkroom();
  return shared;
}

/** As large as the result can be shown inside `box` (CSS pixels) without inventing pixels, for this screen. */
export function drawnSize(picture: Picture, edit: PhotoEdit, box: Size, ratio = window.devicePixelRatio): Size {
  const result = editedSize(picture.natural, edit.geometry);
  const have = (Math.max(picture.canvas.width, picture.canvas.height) / Math.max(picture.natural.width, picture.natural.height)) * Math.max(result.width, result.height);
  const want = Math.max(box.width, box.height) * ratio;
  const scale = Math.min(have, want) / Math.max(result.width, result.height);
  return { width: Math.max(1, Math.round(result.width * scale)), height: Math.max(1, Math.round(result.height * scale)) };
}

/** Draws an edited picture into a canvas of the page. */
export function develop(picture: Picture, edit: PhotoEdit, size: Size, onto: HTMLCanvasElement, isCoarse = false): void {
  const drawn = darkroom().draw(picture, edit, size, isCoarse);
  if (onto.width !== drawn.width) onto.width = drawn.width;
  if (onto.height !== drawn.height) onto.height = drawn.height;
  onto.getContext("2d", { colorSpace: picture.gamut })?.drawImage(drawn, 0, 0);
}
