import { useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { PhotoEdit } from "@/lib/media/edit/types";
import { filterLabel, FILTERS, type FilterName } from "@/lib/media/edit/filters";
import { NO_EDIT } from "@/lib/media/edit/photo-edit";
import { develop, drawnSize } from "./darkroom";
import type { Work } from "./history";
import { type Picture, smallPicture } from "./picture";
import { Slider } from "./slider";

type Props = { work: Work; picture: Picture; onChange: (work: Work, tag: string) => void };

const TILE = { width: 80, height: 80 };
const choices: (FilterName | null)[] = [null, ...FILTERS];

/** The photo itself under each filter, and how strong the chosen one is. */
export function FilterPanel({ work, picture, onChange }: Props) {
  const { filter, geometry } = work.edit;
  // Twice the tile: the tile shows the middle of it, and screens have more than one pixel to a point.
  const small = useMemo(() => smallPicture(picture, 240), [picture]);
  const choose = (name: FilterName | null) => onChange({ ...work, edit: { ...work.edit, filter: name && { name, strength: filter?.name === name ? filter.strength : 1 } } }, `filter ${name}`);
  const strip = useRef<HTMLDivElement>(null);
  // On a phone the strip is longer than the screen. (What it returns, a promise in some browsers, is nothing that ends an effect.)
  useEffect(() => void strip.current!.querySelector(":checked")?.parentElement?.scrollIntoView({ inline: "center", block: "nearest" }), []);
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="min-w-0">
        <legend className="sr-only">Filter</legend>
        <div ref={strip} className="-mx-5 flex gap-2.5 overflow-x-auto overscroll-x-contain px-5 pt-1 pb-2 md:mx-0 md:grid md:grid-cols-[repeat(auto-fill,minmax(4.75rem,1fr))] md:overflow-visible md:px-0">
          {choices.map((name) => (
            <label key={name} className="relative flex w-20 shrink-0 cursor-pointer flex-col items-center gap-1 text-xs font-medium text-muted has-checked:text-ink md:w-auto">
              <input type="radio" name="filter" className="peer sr-only" checked={(filter?.name ?? null) === name} onChange={() => choose(name)} />
              <span className={cn("block aspect-square w-full overflow-hidden rounded-md bg-sunken outline-offset-2 peer-checked:outline-2 peer-checked:outline-accent peer-focus-visible:outline-3 peer-focus-visible:outline-accent")}>
                <FilterTile picture={small} edit={{ ...NO_EDIT, geometry, filter: name && { name, strength: 1 } }} />
              </span>
              {name ? filterLabel(name) : "None"}
            </label>
          ))}
        </div>
      </fieldset>
      {filter ? (
        <Slider label={`Strength of ${filterLabel(filter.name as FilterName)}`} value={Math.round(filter.strength * 100)} min={0} max={100} neutral={100} onChange={(strength) => onChange({ ...work, edit: { ...work.edit, filter: { ...filter, strength: strength / 100 } } }, "strength")} />
      ) : null}
    </div>
  );
}

function FilterTile({ picture, edit }: { picture: Picture; edit: PhotoEdit }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = JSON.stringify(edit);
  useEffect(() => {
    const wanted = JSON.parse(key) as PhotoEdit;
    const frame = requestAnimationFrame(() => canvas.current && develop(picture, wanted, drawnSize(picture, wanted, TILE, 2.5), canvas.current, true));
    return () => cancelAnimationFrame(frame);
  }, [picture, key]);
  return <canvas ref={canvas} aria-hidden className="size-full object-cover" />;
}
