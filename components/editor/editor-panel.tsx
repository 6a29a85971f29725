import { type KeyboardEvent, type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { BlendIcon, CompareIcon, CropIcon, SlidersIcon } from "@/components/ui/icons";
import { toast } from "@/components/ui/toast";
import { AdjustPanel } from "./adjust-panel";
import { CropPanel } from "./crop-panel";
import { FilterPanel } from "./filter-panel";
import type { Work } from "./history";
import { type Carry, carried } from "./moves";
import type { Picture } from "./picture";

const TABS = [
  { name: "crop", text: "Crop", icon: <CropIcon /> },
  { name: "filters", text: "Filters", icon: <BlendIcon /> },
  { name: "adjust", text: "Adjust", icon: <SlidersIcon /> },
] as const;
export type EditorTab = (typeof TABS)[number]["name"];

type Props = {
  picture: Picture;
  work: Work;
  tab: EditorTab;
  onTab: (tab: EditorTab) => void;
  isComparing: boolean;
  onCompare: (isComparing: boolean) => void;
  onChange: (work: Work, tag: string) => void;
  onApplyToAll?: (carry: Carry) => void;
  note?: string;
};

export function EditorPanel({ picture, work, tab, onTab, isComparing, onCompare, onChange, onApplyToAll, note }: Props) {
  const id = useId();
  const panels: Record<EditorTab, ReactNode> = {
    crop: <CropPanel work={work} natural={picture.natural} onChange={onChange} />,
    filters: <FilterPanel work={work} picture={picture} onChange={onChange} />,
    adjust: <AdjustPanel work={work} onChange={onChange} />,
  };
  return (
    <div className="flex h-82 shrink-0 flex-col border-t md:h-auto md:w-96 md:border-t-0 md:border-l">
      <Tabs id={id} tab={tab} onTab={onTab} />
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain px-5 py-4">
        {note ? <p className="mb-3 text-sm text-muted">{note}</p> : null}
        {panels[tab]}
      </div>
      <footer className="flex items-center justify-between gap-2 border-t px-3 py-1">
        <CompareButton isComparing={isComparing} onCompare={onCompare} />
        {onApplyToAll ? <Button variant="ghost" size="sm" onClick={() => (onApplyToAll((onto, natural) => carried(work, onto, natural)), toast.success("All photos have it now"))}>Apply to all photos</Button> : null}
      </footer>
    </div>
  );
}

function Tabs({ id, tab, onTab }: { id: string; tab: EditorTab; onTab: (tab: EditorTab) => void }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = TABS[(TABS.findIndex(({ name }) => name === tab) + step + TABS.length) % TABS.length]!.name;
    onTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Edit" className="flex border-b">
      {TABS.map(({ name, text, icon }) => (
        <button
          key={name}
          id={`${id}-${name}`}
          type="button"
          role="tab"
          aria-selected={tab === name}
          aria-controls={`${id}-panel`}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onTab(name)}
          onKeyDown={onKeyDown}
          className={cn("flex min-h-12 flex-1 items-center justify-center gap-2 border-b-2 text-sm font-semibold -outline-offset-2 [&>svg]:size-5", tab === name ? "border-accent text-ink" : "border-transparent text-muted")}
        >
          {icon}
          {text}
        </button>
      ))}
    </div>
  );
}

/** Shows the photo as it was brought for as long as it is held: by pointer or by key. */
function CompareButton({ isComparing, onCompare }: { isComparing: boolean; onCompare: (isComparing: boolean) => void }) {
  const isPress = (event: KeyboardEvent) => event.key === " " || event.key === "Enter";
  return (
    <Button
      variant="ghost"
      size="sm"
      icon={<CompareIcon className="size-5" />}
      aria-pressed={isComparing}
      className="touch-none select-none"
      onPointerDown={() => onCompare(true)}
      onPointerUp={() => onCompare(false)}
      onPointerLeave={() => onCompare(false)}
      onPointerCancel={() => onCompare(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => isPress(event) && onCompare(true)}
      onKeyUp={(event) => isPress(event) && onCompare(false)}
      onBlur={() => onCompare(false)}
    >
      Hold to compare
    </Button>
  );
}
