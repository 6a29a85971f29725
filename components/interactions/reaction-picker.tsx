"use client";
// The emoji in a small window of their own above the button: a row of eight, and behind "more" a plain grid. Arrow keys walk through them.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { PlusIcon } from "@/components/ui/icons";
import { QUICK_EMOJI } from "@/lib/interactions/emoji";
import { EMOJI_GROUPS } from "./emoji-groups";

type Props = { anchor: RefObject<HTMLElement | null>; mine: string[]; onChoose: (emoji: string) => void; onClose: () => void };

const GAP = 8;
// The quick ones stay one row with what leads to the rest: where it is narrow, the last of them are only there.
const NARROW = ["", "", "", "", "", "max-[345px]:hidden", "max-[389px]:hidden", "max-[433px]:hidden"];
// As many columns as there is room for: a cell is as wide as a finger.
const grid = "grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))]";
const cell = "flex aspect-square min-h-11 w-full items-center justify-center rounded-md text-2xl leading-none transition-transform hover:bg-sunken focus-visible:-outline-offset-2 active:scale-90 aria-pressed:bg-accent-soft";

export function ReactionPicker({ anchor, mine, onChoose, onClose }: Props) {
  const [isWhole, setWhole] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const closed = useRef(onClose);
  useEffect(() => {
    closed.current = onClose;
  });

  // In the browser's top layer, so that no card cuts it off; there Escape and a press elsewhere close it.
  useLayoutEffect(() => {
    const window = box.current!;
    const toggled = (event: Event) => (event as ToggleEvent).newState === "closed" && closed.current();
    const place = () => anchor.current && put(window, anchor.current.getBoundingClientRect());
    window.addEventListener("toggle", toggled);
    window.addEventListener("keydown", walk);
    window.showPopover();
    window.querySelector("button")?.focus({ preventScroll: true });
    // Also when it grows.
    const size = new ResizeObserver(place);
    size.observe(window);
    place();
    addEventListener("scroll", place, { passive: true, capture: true });
    addEventListener("resize", place);
    return () => {
      size.disconnect();
      window.removeEventListener("toggle", toggled);
      window.removeEventListener("keydown", walk);
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, [anchor]);

  function choose(emoji: string) {
    onChoose(emoji);
    anchor.current?.querySelector("button")?.focus({ preventScroll: true });
    onClose();
  }
  const button = (emoji: string, look?: string) => (
    <button key={emoji} type="button" aria-label={`React with ${emoji}`} aria-pressed={mine.includes(emoji)} onClick={() => choose(emoji)} className={cn(cell, look)}>{emoji}</button>
  );
  return (
    <div ref={box} popover="auto" role="dialog" aria-label="React" className="fixed inset-auto m-0 w-[min(27rem,calc(100vw-1.5rem))] overflow-y-auto overscroll-contain rounded-lg border bg-surface p-1.5 text-ink shadow-pop [&:popover-open]:animate-rise">
      <div className={grid}>
        {QUICK_EMOJI.map((emoji, i) => button(emoji, NARROW[i]))}
        <button type="button" aria-label={isWhole ? "Fewer emoji" : "More emoji"} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)} className={cn(cell, "text-muted")}>
          <PlusIcon className={cn("size-5 transition-transform", isWhole && "rotate-45")} />
        </button>
      </div>
      {isWhole ? (
        <div className="mt-1 max-h-64 overflow-y-auto overscroll-contain border-t">
          {EMOJI_GROUPS.map(({ name, emoji }) => (
            <section key={name} aria-label={name}>
              <h2 className="px-1.5 pt-3 pb-1 text-xs font-semibold text-muted">{name}</h2>
              <div className={grid}>{emoji.map((one) => button(one))}</div>
            </section>
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** Above the button where there is room, else below; within the window. */
function put(box: HTMLElement, at: DOMRect): void {
  const { width, height } = { width: box.offsetWidth, height: box.offsetHeight };
  const above = at.top - height - GAP;
  box.style.left = `${Math.max(12, Math.min(at.left, innerWidth - width - 12))}px`;
  box.style.top = `${above >= GAP ? above : Math.min(at.bottom + GAP, innerHeight - height - GAP)}px`;
}

function walk(this: HTMLElement, event: KeyboardEvent): void {
  const buttons = [...this.querySelectorAll("button")].filter((button) => button.checkVisibility());
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const columns = at < 0 ? 1 : getComputedStyle(buttons[at]!.parentElement!).gridTemplateColumns.split(" ").length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : step === undefined ? -1 : Math.min(buttons.length - 1, Math.max(0, at + step));
  if (to < 0) return;
  event.preventDefault();
  buttons[to]?.focus();
}
