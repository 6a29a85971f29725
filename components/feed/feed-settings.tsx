"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { PreferencesView } from "@/lib/feed/types";

type Sliders = Omit<PreferencesView, "order">;
const MIDDLE: Sliders = { discovery: 0.5, best: 0.5, video: 0.5 };
const SLIDERS = [
  { name: "discovery", label: "Who", low: "Friends", high: "Discovery" },
  { name: "best", label: "When", low: "Fresh", high: "Best" },
  { name: "video", label: "What", low: "Photos", high: "Videos" },
] as const;
/** Pause after the last move before the feed follows, ms. */
const SETTLE = 300;

export function FeedSettings({ preferences, onClose }: { preferences: PreferencesView; onClose: () => void }) {
  const [sliders, setSliders] = useState<Sliders>({ discovery: preferences.discovery, best: preferences.best, video: preferences.video });
  const keep = useKept();
  const change = (next: Sliders) => {
    setSliders(next);
    keep(next);
  };
  const isMiddle = SLIDERS.every(({ name }) => sliders[name] === 0.5);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Feed settings"
      description="The order of For you follows at once, on all your devices. Following is always newest first."
      footer={<><Button disabled={isMiddle} onClick={() => change(MIDDLE)}>Reset</Button><Button variant="primary" onClick={onClose}>Done</Button></>}
    >
      <div className="flex flex-col gap-5">
        {SLIDERS.map((slider) => <EndSlider key={slider.name} {...slider} value={sliders[slider.name]} onChange={(value) => change({ ...sliders, [slider.name]: value })} />)}
      </div>
      <p className="mt-6 text-ui text-muted">Whom you snoozed and what you put away: <Link href="/settings/feed" className="text-link">Settings, Feed</Link>.</p>
    </Dialog>
  );
}

/** Keeps the newest position on the server and has the page rendered anew, one after the other. */
function useKept() {
  const router = useRouter();
  const state = useRef<{ timer?: number; waiting?: Sliders; running?: boolean }>({});
  async function run() {
    const { waiting, running } = state.current;
    if (!waiting || running) return;
    state.current = { ...state.current, waiting: undefined, running: true };
    const outcome = await request("PATCH", "/api/feed/preferences", { body: waiting });
    state.current.running = false;
    if (outcome.ok) router.refresh();
    else toast.error("The settings were not kept", { description: outcome.message });
    void run();
  }
  // Closed within the pause: what was moved last is kept all the same.
  useEffect(() => () => {
    clearTimeout(state.current.timer);
    void run();
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (next: Sliders) => {
    clearTimeout(state.current.timer);
    state.current.waiting = next;
    state.current.timer = window.setTimeout(() => void run(), SETTLE);
  };
}

type SliderProps = { label: string; low: string; high: string; value: number; onChange: (value: number) => void };

function EndSlider({ label, low, high, value, onChange }: SliderProps) {
  const id = useId();
  const percent = Math.round(value * 100);
  return (
    <div>
      <label htmlFor={id} className="text-sm font-semibold">{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-label={`${low} or ${high.toLowerCase()}`}
        aria-valuetext={wordsFor(percent, low, high)}
        onChange={(event) => onChange(Number(event.target.value) / 100)}
        className="editor-range h-11 w-full"
        style={{ "--low": `${Math.min(percent, 50)}%`, "--high": `${Math.max(percent, 50)}%` } as never}
      />
      <div aria-hidden="true" className="-mt-1 flex justify-between text-sm text-muted"><span>{low}</span><span>{high}</span></div>
    </div>
  );
}

function wordsFor(percent: number, low: string, high: string): string {
  if (percent === 50) return "Even";
  const [side, far] = percent < 50 ? [low, 50 - percent] : [high, percent - 50];
  return far === 50 ? `Above all ${side.toLowerCase()}` : `${far * 2}% towards ${side.toLowerCase()}`;
}
