import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Removed } from "@/db/schema/media-edit";
import type { ByteReader } from "../byte-reader";
import { MAX_VIDEO_BYTES, MAX_VIDEO_PIXELS, MAX_VIDEO_SECONDS, MAX_VIDEO_SIDE, MIN_VIDEO_SECONDS, VIDEO_CODECS, type VideoType } from "../limits";
import { MediaProblem } from "../problems";
import { workBase } from "../servant";
import { containerOf, DEMUXERS, readVideoHead } from "./container";
import { canDecode, type Ffmpeg, findFfmpeg } from "./programs";
import { listVideoRemoved } from "./removed";
import { runTool, ToolFailedError, turnstiles } from "./run";

/** What a video is before anything is made of it; `width` and `height` as it is to be shown (turned, square pixels). */
export type VideoProbe = {
  type: VideoType;
  bytes: number;
  width: number;
  height: number;
  /** Seconds; `null` while only the beginning is known, or when the file does not say (recordings of browsers). */
  duration: number | null;
  framesPerSecond: number;
  /** Width of a pixel as stored by its height. */
  pixelRatio: number;
  codec: string;
  /** Index of the streams in the file. */
  videoStream: number;
  audioStream: number | null;
  audioCodec: string | null;
  audioChannels: number;
  /** How its colours were made of red, green and blue, by ffmpeg's names. */
  matrix: string;
  /** PQ or HLG; `null` for ordinary pictures. */
  hdr: "smpte2084" | "arib-std-b67" | null;
  /** What it says beside its pictures and sound. */
  removed: Removed[];
};

const AUDIO_CODECS = /^(aac|mp3|opus|vorbis|flac|alac|ac3|eac3|pcm_\w+|amr_nb|amr_wb)$/;

const isOf = (names: readonly string[], name: string) => names.includes(name);

const number = z.coerce.number().catch(0);
const text = z.string().catch("");
const stream = z.object({
  index: z.number(), codec_type: text, codec_name: text, width: number, height: number, channels: number, duration: number, sample_aspect_ratio: text, avg_frame_rate: text, color_transfer: text, color_space: text,
  disposition: z.object({ default: number, attached_pic: number }).partial().catch({}),
  side_data_list: z.array(z.object({ rotation: number.optional() })).catch([]),
  tags: z.record(z.string(), z.unknown()).catch({}),
});
const answer = z.object({ streams: z.array(stream).catch([]), format: z.object({ duration: number, tags: z.record(z.string(), z.unknown()).catch({}) }).catch({ duration: 0, tags: {} }) });
type Stream = z.infer<typeof stream>;

const ENTRIES =
  "format=duration:stream=index,codec_type,codec_name,width,height,channels,duration,sample_aspect_ratio,avg_frame_rate,color_transfer,color_space:stream_disposition=default,attached_pic:stream_side_data=rotation:format_tags:stream_tags";

/** What ffmpeg and ffprobe are told about a file: files only, this format only, nothing that the file itself names. */
export function inputOptions(type: VideoType): string[] {
  const demuxer = DEMUXERS[type];
  return ["-protocol_whitelist", "file", "-f", demuxer, ...(demuxer === "mov" ? ["-enable_drefs", "0", "-use_absolute_path", "0"] : [])];
}

/** Judges a video that lies far away, by its first bytes and its index alone. Throws `MediaProblem`. */
export async function probeVideo(reader: ByteReader): Promise<VideoProbe> {
  const type = containerOf(await reader.read(0, 512));
  if (!type) throw new MediaProblem("video_type");
  if (reader.size > MAX_VIDEO_BYTES) throw new MediaProblem("video_too_many_bytes");
  const dir = await mkdtemp(join(workBase(), "heliograph-media-"));
  try {
    const path = join(dir, "head");
    await writeFile(path, await readVideoHead(reader, type));
    return { ...(await look(path, dir, type)), bytes: reader.size };
  } catch (error) {
    if (error instanceof RangeError) throw new MediaProblem("video_damaged", { cause: error });
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Judges a whole video in a local file. Throws `MediaProblem`. */
export async function probeVideoFile(path: string, dir: string): Promise<VideoProbe> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0).finally(() => file.close());
  const type = containerOf(buffer.subarray(0, bytesRead));
  if (!type) throw new MediaProblem("video_type");
  if (size > MAX_VIDEO_BYTES) throw new MediaProblem("video_too_many_bytes");
  return { ...(await look(path, dir, type)), bytes: size };
}

async function look(path: string, dir: string, type: VideoType): Promise<Omit<VideoProbe, "bytes">> {
  const tools = await findFfmpeg();
  if (!tools) throw new MediaProblem("no_video_tools");
  const args = ["-v", "error", ...inputOptions(type), "-of", "json", "-show_entries", ENTRIES, "-i", `file:${path}`];
  const told = await turnstiles().probe.pass(() => runTool(tools.ffprobe, args, { dir, seconds: 20, memory: 2_000, niceness: 0 })).catch((error: unknown) => {
    throw error instanceof ToolFailedError ? new MediaProblem("video_damaged", { cause: error.reason }) : error;
  });
  return judge(answer.parse(parse(told)), type, tools);
}

function parse(told: string): unknown {
  try {
    return JSON.parse(told);
  } catch {
    return {};
  }
}

/** Of several streams of a kind, the one that players take. */
const first = (streams: Stream[]): Stream | undefined => streams.find((one) => one.disposition.default) ?? streams[0];

function judge({ streams, format }: z.infer<typeof answer>, type: VideoType, tools: Ffmpeg): Omit<VideoProbe, "bytes"> {
  const pictures = streams.filter((one) => one.codec_type === "video" && !one.disposition.attached_pic);
  const video = first(pictures.filter((one) => isOf(VIDEO_CODECS, one.codec_name)));
  if (!video) throw new MediaProblem(pictures.length > 0 ? "video_codec" : "video_damaged");
  if (!canDecode(tools, video.codec_name)) throw new MediaProblem("video_codec");
  const audio = first(streams.filter((one) => one.codec_type === "audio" && AUDIO_CODECS.test(one.codec_name) && one.channels > 0));
  const { width, height, pixelRatio } = sizeOf(video);
  if (video.width < 1 || video.height < 1) throw new MediaProblem("video_damaged");
  if (Math.max(video.width, video.height, width, height) > MAX_VIDEO_SIDE || video.width * video.height > MAX_VIDEO_PIXELS) throw new MediaProblem("video_too_large");
  const duration = format.duration || video.duration || null;
  if (duration !== null && duration > MAX_VIDEO_SECONDS + 1) throw new MediaProblem("video_too_long");
  if (duration !== null && duration < MIN_VIDEO_SECONDS) throw new MediaProblem("video_too_short");
  return {
    type, width, height, pixelRatio, duration, framesPerSecond: ratio(video.avg_frame_rate) || 30, codec: video.codec_name,
    videoStream: video.index, audioStream: audio?.index ?? null, audioCodec: audio?.codec_name ?? null, audioChannels: audio?.channels ?? 0,
    matrix: MATRICES[video.color_space] ?? (Math.min(width, height) < HD ? "bt601" : "bt709"),
    hdr: video.color_transfer === "smpte2084" || video.color_transfer === "arib-std-b67" ? video.color_transfer : null,
    removed: listVideoRemoved(format.tags, streams),
  };
}

/** Films that don't say what their colours are (and most screen recorders don't) are of their size's time, as browsers take it. */
const HD = 720;
const MATRICES: Record<string, string> = { bt709: "bt709", smpte170m: "bt601", bt470bg: "bt601", smpte240m: "smpte240m", fcc: "fcc", bt2020nc: "bt2020", bt2020c: "bt2020" };

const ratio = (fraction: string) => {
  const [over, under] = fraction.split(/[/:]/).map(Number);
  return over && under ? over / under : 0;
};

function sizeOf(video: Stream) {
  const shape = ratio(video.sample_aspect_ratio);
  const pixelRatio = shape > 0.1 && shape < 10 ? shape : 1;
  const [width, height] = [Math.max(1, Math.round(video.width * pixelRatio)), video.height];
  const rotation = video.side_data_list.find((data) => data.rotation)?.rotation ?? (Number(video.tags.rotate) || 0);
  const isTurned = Math.abs(Math.round(rotation / 90)) % 2 === 1;
  return { width: isTurned ? height : width, height: isTurned ? width : height, pixelRatio };
}
