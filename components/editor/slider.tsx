import { useId } from "react";

type Props = { label: string; value: number; min: number; max: number; step?: number; neutral?: number; format?: (value: number) => string; onChange: (value: number) => void };

/** A native range with its name and value; a double click on it goes back to where nothing is changed. */
export function Slider({ label, value, min, max, step = 1, neutral = 0, format = String, onChange }: Props) {
  const id = useId();
  const share = ((value - min) / (max - min)) * 100;
  // From where nothing is changed; of a strength, which is whole to begin with, from nothing.
  const from = neutral === max ? 0 : ((neutral - min) / (max - min)) * 100;
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-x-3">
      <label htmlFor={id} className="text-sm font-semibold">{label}</label>
      <output htmlFor={id} className="tabular text-sm text-muted">{format(value)}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={format(value)}
        onChange={(event) => onChange(Number(event.target.value))}
        onDoubleClick={() => onChange(neutral)}
        className="editor-range col-span-2 h-11 w-full rounded-full -outline-offset-6"
        style={{ "--low": `${Math.min(share, from)}%`, "--high": `${Math.max(share, from)}%` } as never}
      />
    </div>
  );
}
