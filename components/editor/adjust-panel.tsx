import { type AdjustmentName, ADJUSTMENTS, lowest } from "@/lib/media/edit/photo-edit";
import type { Work } from "./history";
import { Slider } from "./slider";

const words: Record<AdjustmentName, string> = {
  brightness: "Brightness", contrast: "Contrast", warmth: "Warmth", saturation: "Saturation", highlights: "Highlights", shadows: "Shadows", fade: "Fade", vignette: "Vignette", sharpen: "Sharpen", grain: "Grain",
};
const signed = (value: number) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)}`;

export function AdjustPanel({ work, onChange }: { work: Work; onChange: (work: Work, tag: string) => void }) {
  const { adjust } = work.edit;
  return (
    <div className="flex flex-col gap-1">
      {ADJUSTMENTS.map((name) => (
        <Slider
          key={name}
          label={words[name]}
          value={Math.round(adjust[name] * 100)}
          min={lowest(name) * 100}
          max={100}
          format={signed}
          onChange={(value) => onChange({ ...work, edit: { ...work.edit, adjust: { ...adjust, [name]: value / 100 } } }, name)}
        />
      ))}
    </div>
  );
}
