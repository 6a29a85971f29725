import { IconButton } from "@/components/ui/icon-button";
import { ChevronLeftIcon, ChevronRightIcon } from "@/components/ui/icons";
import { capital } from "./names";

/** Which photo or video is shown, and its place among the others, for those who neither drag nor use keys (WCAG 2.5.7). */
export function PhotoPlace({ name, index, count, onMove }: { name: "photo" | "video"; index: number; count: number; onMove: (to: number) => void }) {
  const dim = "aria-disabled:opacity-40";
  return (
    <div role="group" aria-label={`Move the ${name}`} className="flex items-center justify-between gap-2 px-4 md:px-1">
      <p aria-live="polite" className="tabular text-sm font-semibold">{`${capital(name)} ${index + 1} of ${count}`}</p>
      <span className="-mr-2 flex">
        <IconButton label="Move earlier" aria-disabled={index === 0} className={dim} onClick={() => onMove(index - 1)}><ChevronLeftIcon className="rtl:-scale-x-100" /></IconButton>
        <IconButton label="Move later" aria-disabled={index === count - 1} className={dim} onClick={() => onMove(index + 1)}><ChevronRightIcon className="rtl:-scale-x-100" /></IconButton>
      </span>
    </div>
  );
}
