/** What a browser can play, best first: HLS of its own, HLS through hls.js, the one MP4. */
export type Sources = { hls: string; mp4: string | null };

const HLS_TYPE = "application/vnd.apple.mpegurl";

/**
 * Gives a video element its source and goes on to the next kind when one fails. Returns how to take it away again.
 * hls.js is fetched only by browsers that need it.
 */
export function attachSource(video: HTMLVideoElement, { hls, mp4 }: Sources): () => void {
  let detach = () => {};
  let isOver = false;
  const ways = [
    ...(video.canPlayType(HLS_TYPE) ? [() => plainSource(video, hls, next)] : []),
    ...("MediaSource" in window || "ManagedMediaSource" in window ? [(at: number) => hlsSource(video, hls, at, next)] : []),
    ...(mp4 ? [() => plainSource(video, mp4, () => {})] : []),
  ];

  function next() {
    // Asked before: what is taken away takes them with it.
    const at = video.currentTime;
    const wasPlaying = !video.paused;
    detach();
    detach = () => {};
    const way = isOver ? undefined : ways.shift();
    if (!way) return;
    detach = way(at);
    if (at > 0) video.currentTime = at;
    if (wasPlaying) void video.play().catch(() => {});
  }

  next();
  return () => {
    isOver = true;
    detach();
  };
}

function plainSource(video: HTMLVideoElement, address: string, failed: () => void): () => void {
  video.addEventListener("error", failed);
  video.src = address;
  return () => {
    video.removeEventListener("error", failed);
    video.removeAttribute("src");
    video.load();
  };
}

/** Answers in a row that something is not there. */
const MAX_REFUSALS = 4;

function hlsSource(video: HTMLVideoElement, address: string, at: number, failed: () => void): () => void {
  let end = () => {};
  let isOver = false;
  async function begin() {
    const { default: Hls } = await import("hls.js/light");
    if (isOver) return;
    if (!Hls.isSupported()) return failed();
    // Not more than the frame can show; a few seconds ahead suffice for what may be scrolled past. Without a size in bytes,
    // which would be the least that is fetched: a minute of a small picture.
    const player = new Hls({ startPosition: at > 0 ? at : -1, capLevelToPlayerSize: true, maxBufferLength: 15, maxMaxBufferLength: 60, maxBufferSize: 0, enableWorker: false });
    // It would ask for what is gone in one size after another for ever.
    let refusals = 0;
    player.on(Hls.Events.FRAG_BUFFERED, () => void (refusals = 0));
    player.on(Hls.Events.ERROR, (_event, { fatal, response }) => {
      if (response?.code && response.code >= 400 && response.code < 500) refusals += 1;
      if ((fatal || refusals >= MAX_REFUSALS) && !isOver) failed();
    });
    player.loadSource(address);
    player.attachMedia(video);
    end = () => player.destroy();
  }
  begin().catch(() => !isOver && failed());
  return () => {
    isOver = true;
    end();
  };
}
