import { PinIcon } from "@/components/ui/icons";

/** On a square of a grid: its author pinned it. */
export function PinnedMark() {
  return (
    <>
      <PinIcon className="absolute top-2 left-2 size-5 fill-current text-white drop-shadow-[0_1px_3px_rgb(0_0_0/0.7)]" />
      <span className="sr-only">, pinned</span>
    </>
  );
}
