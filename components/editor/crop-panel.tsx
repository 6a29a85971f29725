import { IconButton } from "@/components/ui/icon-button";
import { MirrorIcon, TurnLeftIcon, TurnRightIcon } from "@/components/ui/icons";
import { SegmentedControl } from "@/components/ui/segmented";
import { editedSize, type Size } from "@/lib/media/edit/geometry";
import { CROP_SHAPES, type CropShape } from "@/lib/media/edit/shapes";
import type { Work } from "./history";
import { mirrored, shaped, straightened, turned } from "./moves";
import { Slider } from "./slider";

const words: Record<CropShape, string> = { original: "Original", "1:1": "1:1", "4:5": "4:5", "16:9": "16:9", free: "Free" };
const shapes = CROP_SHAPES.map((value) => ({ value, text: words[value] }));

type Props = { work: Work; natural: Size; onChange: (work: Work, tag: string) => void };

export function CropPanel({ work, natural, onChange }: Props) {
  const { geometry } = work.edit;
  const size = editedSize(natural, geometry);
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl label="Shape" name="crop-shape" isTight className="mx-auto" options={shapes} value={work.shape} onChange={(shape) => onChange(shaped(work, shape, natural), "shape")} />
      <Slider label="Straighten" value={geometry.straighten} min={-45} max={45} step={0.5} format={(value) => `${value.toFixed(1).replace("-", "−")}°`} onChange={(angle) => onChange(straightened(work, angle), "straighten")} />
      <div className="flex items-center justify-between">
        <span className="-ml-2 flex">
          <IconButton label="Turn left" onClick={() => onChange(turned(work, 3, natural), "turn")}><TurnLeftIcon /></IconButton>
          <IconButton label="Turn right" onClick={() => onChange(turned(work, 1, natural), "turn")}><TurnRightIcon /></IconButton>
          <IconButton label="Mirror" pressed={geometry.isMirrored} onClick={() => onChange(mirrored(work), "mirror")}><MirrorIcon /></IconButton>
        </span>
        <span role="status" className="tabular text-sm text-muted">{size.width.toLocaleString("en")} × {size.height.toLocaleString("en")}</span>
      </div>
    </div>
  );
}
