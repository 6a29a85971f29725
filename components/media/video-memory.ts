// What somebody chose for one video holds for the others on this device: sound, subtitles, speed.
type Choices = { sound: boolean; subtitles: string | null; speed: number };

const PLACE = "heliograph.video";
const NONE: Choices = { sound: false, subtitles: null, speed: 1 };

let known: Choices | undefined;

export function videoChoices(): Choices {
  try {
    known ??= { ...NONE, ...(JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Choices>) };
  } catch {
    known = NONE;
  }
  return known;
}

export function rememberVideo(change: Partial<Choices>): void {
  known = { ...videoChoices(), ...change };
  try {
    localStorage.setItem(PLACE, JSON.stringify(known));
  } catch {
    // A browser that keeps nothing: it holds for this page.
  }
}

let playing: HTMLVideoElement | null = null;

/** One at a time: whatever else plays is paused. */
export function takeStage(video: HTMLVideoElement): void {
  if (playing && playing !== video) {
    delete playing.dataset.wanted;
    playing.pause();
  }
  playing = video;
}

/** Whether videos may begin by themselves here; else nothing of them is fetched, either, before somebody asks for it. */
export function mayAutoplay(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return !connection?.saveData && !window.matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)").matches;
}
