import type { VideoChange, VideoEdit } from "@/db/schema/media-edit";
import { type Rung, plainRung } from "./ladder";
import { inputOptions, type VideoProbe } from "./probe";
import { type Ffmpeg, timingOption } from "./programs";

/** What is to be made of a file: one decode, every output. */
export type Making = { path: string; probe: VideoProbe; edit: VideoEdit | null; rungs: readonly Rung[]; hasAudio: boolean };

/** Seconds of a segment; each begins with a key frame, at the same moment in all sizes. */
export const SEGMENT_SECONDS = 4;
const MAX_FRAMES_PER_SECOND = 60;
/** The shorter side of what an author edits a video by, and its frames a second. */
const UNCUT_SIDE = 360;
const UNCUT_FRAMES = 30;
/** Decoding large pictures on many threads at once takes a few frames of memory for each. */
const LARGE_PIXELS = 12_000_000;

/** The part of the time that is kept, in seconds of the file that was brought. */
export function spanOf(edit: VideoEdit | null, duration: number | null): { start: number; length: number | null } {
  const start = Math.max(0, edit?.trim?.start ?? 0);
  const end = edit?.trim ? Math.min(edit.trim.end, duration ?? edit.trim.end) : duration;
  return { start, length: end === null ? null : Math.max(0, end - start) };
}

/** Pixels of the upright picture that are kept; even, as H.264 with its halved colours wants it. */
export function cropOf({ width, height }: Pick<VideoProbe, "width" | "height">, edit: VideoEdit | null): { x: number; y: number; width: number; height: number } | null {
  if (!edit?.crop) return null;
  const { crop } = edit;
  const kept = { width: Math.max(2, Math.floor((width * crop.width) / 2) * 2), height: Math.max(2, Math.floor((height * crop.height) / 2) * 2) };
  return { x: Math.min(Math.round(width * crop.x), Math.max(0, width - kept.width)), y: Math.min(Math.round(height * crop.y), Math.max(0, height - kept.height)), ...kept };
}

/** What the filters below do to the pictures, beside scaling them. */
export function changesOf({ probe, edit, hasAudio }: Making, tools: Pick<Ffmpeg, "filters">): VideoChange[] {
  const { start, length } = spanOf(edit, probe.duration);
  const all: Record<VideoChange, boolean> = {
    trimmed: start > 0 || (probe.duration !== null && length !== null && length < probe.duration - 0.05),
    cropped: cropOf(probe, edit) !== null,
    silenced: !hasAudio && probe.audioStream !== null,
    toned: canTone(probe, tools),
    thinned: isThinned(probe),
    squared: !isSquare(probe),
  };
  return (Object.keys(all) as VideoChange[]).filter((what) => all[what]);
}

const isSquare = ({ pixelRatio }: VideoProbe) => Math.abs(pixelRatio - 1) < 0.001;
export const isThinned = ({ framesPerSecond }: VideoProbe) => framesPerSecond > MAX_FRAMES_PER_SECOND + 0.5;
const canTone = ({ hdr }: VideoProbe, { filters }: Pick<Ffmpeg, "filters">) => hdr !== null && filters.has("zscale") && filters.has("tonemap");

/** Arguments that read the file from `at` on; ffmpeg turns the pictures upright by itself. */
export function inputOf({ path, probe }: Pick<Making, "path" | "probe">, at: number, length: number | null): string[] {
  const isLarge = probe.width * probe.height > LARGE_PIXELS;
  return [...(isLarge ? ["-threads", "2"] : []), ...inputOptions(probe.type), ...(at > 0 ? ["-ss", at.toFixed(3)] : []), ...(length === null ? [] : ["-t", length.toFixed(3)]), "-i", `file:${path}`];
}

/** From the picture as stored to upright, square pixels of ordinary brightness, cropped. */
export function filtersOf({ probe, edit }: Pick<Making, "probe" | "edit">, tools: Pick<Ffmpeg, "filters">, top: { width: number; height: number }): string[] {
  const crop = cropOf(probe, edit);
  return [
    ...(isThinned(probe) ? [`fps=${MAX_FRAMES_PER_SECOND}`] : []),
    ...(isSquare(probe) ? [] : [`scale=${probe.width}:${probe.height}`]),
    ...(crop ? [`crop=${crop.width}:${crop.height}:${crop.x}:${crop.y}`] : []),
    `scale=${top.width}:${top.height}:flags=bicubic${canTone(probe, tools) ? "" : `${probe.matrix === "bt709" ? "" : "+accurate_rnd"}:in_color_matrix=${probe.matrix}:out_color_matrix=bt709:out_range=tv`}`,
    // White is 203 nits (BT.2408). Below a third of it nothing changes; what is brighter, to 1,000 nits, is brought under it.
    ...(canTone(probe, tools) ? [`zscale=tin=${probe.hdr}:t=linear:npl=203`, "format=gbrpf32le", "zscale=p=bt709", "tonemap=mobius:param=0.3:peak=5:desat=0", "zscale=t=bt709:m=bt709:r=tv"] : []),
    "format=yuv420p",
    "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709",
    "setsar=1",
  ];
}

/** One decode, scaled from each size to the next smaller, all of them encoded and written at once. */
export function ladderCommand(making: Making, tools: Ffmpeg): string[] {
  const { probe, rungs, hasAudio, edit } = making;
  const { start, length } = spanOf(edit, probe.duration);
  return [
    "-hide_banner", "-nostdin", "-y", "-v", "error", "-progress", "pipe:1", "-stats_period", "1",
    ...inputOf(making, start, length),
    "-filter_complex", graphOf(making, tools),
    ...rungs.flatMap((_, at) => ["-map", `[v${at}]`]),
    ...(hasAudio ? ["-map", `0:${probe.audioStream}`, ...soundOf(probe)] : []),
    ...picturesOf(rungs, tools),
    "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact",
    "-f", "tee", outputsOf(rungs, hasAudio),
  ];
}

function graphOf(making: Making, tools: Ffmpeg): string {
  const largestFirst = making.rungs.map((rung, at) => ({ rung, at })).reverse();
  const parts = [`[0:${making.probe.videoStream}]${filtersOf(making, tools, largestFirst[0]!.rung).join(",")}[s${largestFirst[0]!.at}]`];
  largestFirst.forEach(({ at }, place) => {
    const next = largestFirst[place + 1];
    if (!next) return parts.push(`[s${at}]null[v${at}]`);
    return parts.push(`[s${at}]split[v${at}][r${at}]`, `[r${at}]scale=${next.rung.width}:${next.rung.height}:flags=bicubic,setsar=1[s${next.at}]`);
  });
  return parts.join(";");
}

/** Times are kept as they are: phones film with varying frame rates. */
function picturesOf(rungs: readonly Rung[], tools: Ffmpeg): string[] {
  return [
    timingOption(tools), "vfr", "-enc_time_base", "1:90000",
    "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p", "-crf", "23",
    ...rungs.flatMap(({ maxRate }, at) => [`-maxrate:v:${at}`, String(maxRate), `-bufsize:v:${at}`, String(maxRate * 2)]),
    "-force_key_frames", `expr:gte(t,n_forced*${SEGMENT_SECONDS})`, "-sc_threshold", "0", "-g", "100000", "-keyint_min", "1",
    "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
  ];
}

/**
 * As loud as it was: one channel is given to both sides in full, not divided between them; of more than two, the front ones
 * keep their strength (whole numbers would be made quieter by half so that their sum can't clip; a limiter sees to that).
 */
function soundOf({ audioChannels }: VideoProbe): string[] {
  const spread = audioChannels === 1 ? "pan=stereo|c0=c0|c1=c0," : audioChannels > 2 ? "aformat=sample_fmts=fltp,aformat=channel_layouts=stereo:sample_fmts=fltp,alimiter=limit=0.97:level=0," : "";
  return ["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000", "-af", `${spread}aresample=async=1000:first_pts=0`];
}

/** Files of one size each, with segments as ranges of them: hundreds of objects fewer to store, sign and delete. */
function outputsOf(rungs: readonly Rung[], hasAudio: boolean): string {
  const plain = plainRung(rungs);
  // Read twice: as the list of outputs, and as each one's options.
  const sound = hasAudio ? ",a" : "";
  const hls = `f=hls:hls_time=${SEGMENT_SECONDS}:hls_playlist_type=vod:hls_segment_type=fmp4:hls_flags=single_file`;
  return [
    ...rungs.map(({ name }, at) => `[select=\\'v:${at}${sound}\\':${hls}:hls_segment_filename=${name}.mp4]${name}.m3u8`),
    `[select=\\'v:${rungs.indexOf(plain)}${sound}\\':f=mp4:movflags=+faststart]video.mp4`,
  ].join("|");
}

/** One picture at `at` seconds of the file that was brought, as large as the largest size. */
export function posterCommand(making: Making, tools: Ffmpeg, at: number, target: string): string[] {
  const graph = `[0:${making.probe.videoStream}]${filtersOf(making, tools, making.rungs.at(-1)!).join(",")}[p]`;
  return ["-hide_banner", "-nostdin", "-y", "-v", "error", ...inputOf(making, at, null), "-filter_complex", graph, "-map", "[p]", "-frames:v", "1", "-f", "image2", "-c:v", "png", "-update", "1", `file:${target}`];
}

/** A few seconds of the smallest size, moving without sound. WebP knows one way only to write colours. */
export function previewCommand(source: string, target: string): string[] {
  return ["-hide_banner", "-nostdin", "-y", "-v", "error", "-protocol_whitelist", "file", "-f", "mov", "-t", "3", "-i", `file:${source}`, "-an", "-vf", "fps=8,scale='min(320,iw)':-2:out_color_matrix=bt601", "-c:v", "libwebp", "-loop", "0", "-quality", "55", "-f", "webp", `file:${target}`];
}

/** The whole of a video, small, each second beginning with a key frame: what its author looks through. Quick rather than light. */
export function uncutCommand({ path, probe }: Pick<Making, "path" | "probe">, tools: Ffmpeg, target: string): string[] {
  const scale = Math.min(1, UNCUT_SIDE / Math.min(probe.width, probe.height));
  const size = { width: Math.max(2, Math.round((probe.width * scale) / 2) * 2), height: Math.max(2, Math.round((probe.height * scale) / 2) * 2) };
  const pictures = [...(probe.framesPerSecond > UNCUT_FRAMES + 0.5 ? [`fps=${UNCUT_FRAMES}`] : []), ...filtersOf({ probe, edit: null }, tools, size)];
  return [
    "-hide_banner", "-nostdin", "-y", "-v", "error", "-progress", "pipe:1", "-stats_period", "1", ...inputOf({ path, probe }, 0, null),
    "-filter_complex", `[0:${probe.videoStream}]${pictures.join(",")}[v]`, "-map", "[v]", timingOption(tools), "vfr",
    "-c:v", "libx264", "-preset", "ultrafast", "-crf", "27", "-force_key_frames", "expr:gte(t,n_forced)", "-g", "1000",
    ...(probe.audioStream === null ? [] : ["-map", `0:${probe.audioStream}`, "-c:a", "aac", "-b:a", "96k", "-ac", "2"]),
    "-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4", `file:${target}`,
  ];
}

/** A size's file, or the plain MP4, without its sound; the pictures are not touched. */
export function silenceCommand(source: string, target: { playlist: string; file: string } | { mp4: string }): string[] {
  const output = "mp4" in target ? ["-movflags", "+faststart", "-f", "mp4", `file:${target.mp4}`]
    : ["-f", "hls", "-hls_time", String(SEGMENT_SECONDS), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", "-hls_flags", "single_file", "-hls_segment_filename", target.file, target.playlist];
  return ["-hide_banner", "-nostdin", "-y", "-v", "error", "-protocol_whitelist", "file", "-f", "mov", "-i", `file:${source}`, "-map", "0:v:0", "-c", "copy", "-map_metadata", "-1", "-fflags", "+bitexact", ...output];
}
