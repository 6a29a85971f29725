import type { VideoReceipt } from "@/db/schema/media-edit";
import { changesOf, type Making } from "./command";
import { inputOptions, type VideoProbe } from "./probe";
import type { Ffmpeg } from "./programs";
import { runTool } from "./run";

/** What its author is told, before the similarity has been measured. */
export function newReceipt(making: Making, tools: Ffmpeg, isVariable: boolean | null): VideoReceipt {
  const { probe } = making;
  const { type, codec, width, height, bytes, duration, framesPerSecond } = probe;
  return {
    kind: "video", removed: probe.removed, changed: changesOf(making, tools), measured: "later", similarity: {},
    source: { type, codec, width, height, bytes, duration, framesPerSecond, isVariable, hdr: curveOf(probe), audio: probe.audioCodec === null ? null : { codec: probe.audioCodec, channels: probe.audioChannels } },
  };
}

const curveOf = ({ hdr }: VideoProbe) => (hdr === "smpte2084" ? "PQ" : hdr === "arib-std-b67" ? "HLG" : null);

/** Seconds from the beginning that tell how a camera filmed. */
const LOOKED_AT = 10;

/** Whether its frames come at changing intervals, as phones film in changing light; null when that can't be seen. */
export async function hasVariableRate({ path, probe }: Pick<Making, "path" | "probe">, tools: Ffmpeg, { dir, signal }: { dir: string; signal: AbortSignal }): Promise<boolean | null> {
  const args = ["-v", "error", ...inputOptions(probe.type), "-select_streams", String(probe.videoStream), "-read_intervals", `%+${LOOKED_AT}`, "-show_entries", "packet=pts_time", "-of", "csv=p=0", "-i", `file:${path}`];
  const told = await runTool(tools.ffprobe, args, { dir, seconds: 60, niceness: 15, signal }).catch(() => "");
  return isVariable(told.split("\n").map(Number.parseFloat).filter(Number.isFinite));
}

/** Of the moments of frames, in any order. Rounding to milliseconds, as Matroska does, is no change. */
export function isVariable(moments: readonly number[]): boolean | null {
  const sorted = moments.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((at, i) => at - sorted[i]!).toSorted((a, b) => a - b);
  if (gaps.length < 8) return null;
  const at = (share: number) => gaps[Math.floor((gaps.length - 1) * share)]!;
  return at(0.95) - at(0.05) > Math.max(0.004, at(0.5) * 0.2);
}
