import type { VideoCodec } from "../limits";
import type { PictureTrack, Reader, VideoHeader } from "./picture-tracks";

/** What a recorder writes first stands within this; later nothing is looked for. */
const HEAD = 1_000_000;
const MAX_ELEMENTS = 2_000;

const CODECS: Record<string, VideoCodec> = { "V_MPEG4/ISO/AVC": "h264", "V_MPEGH/ISO/HEVC": "hevc", V_VP8: "vp8", V_VP9: "vp9", V_AV1: "av1" };
/** They name the codec elsewhere. */
const WRAPPED = ["V_MS/VFW/FOURCC", "V_QUICKTIME"];

/** Element numbers of RFC 9559, with their marker bits. */
const [SEGMENT, INFO, TRACKS, CLUSTER, TRACK, VIDEO] = [0x18538067, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0xae, 0xe0];
const [SCALE, DURATION, TYPE, CODEC, IS_DEFAULT, WIDTH, HEIGHT] = [0x2ad7b1, 0x4489, 0x83, 0x86, 0x88, 0xb0, 0xba];

type Element = { id: number; start: number; end: number };

/** Reads how long a Matroska or WebM is and what its pictures are, where its beginning says so. */
export async function readMatroskaHeader(reader: Reader): Promise<VideoHeader> {
  const bytes = await reader.read(0, Math.min(HEAD, reader.size));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const segment = elementsIn(view, 0, view.byteLength).find(({ id }) => id === SEGMENT);
    if (!segment) return { seconds: null, tracks: null };
    const parts = elementsIn(view, segment.start, segment.end, CLUSTER);
    const [info, tracks] = [INFO, TRACKS].map((wanted) => parts.find(({ id, end }) => id === wanted && end <= view.byteLength));
    return { seconds: info ? lengthOf(view, info) : null, tracks: tracks ? elementsIn(view, tracks.start, tracks.end).filter(({ id }) => id === TRACK).flatMap((track) => readTrack(view, track) ?? []) : null };
  } catch (error) {
    if (error instanceof RangeError) return { seconds: null, tracks: null };
    throw error;
  }
}

/** The elements between two places, up to the first of `last`. The end of the last may lie beyond what was read. */
function elementsIn(view: DataView, start: number, end: number, last?: number): Element[] {
  const elements: Element[] = [];
  for (let at = start; at < Math.min(end, view.byteLength) && elements.length < MAX_ELEMENTS; ) {
    const idLength = lengthOfNumber(view.getUint8(at), 4);
    const sizeAt = at + idLength;
    const sizeLength = lengthOfNumber(view.getUint8(sizeAt), 8);
    const size = sizeOf(view, sizeAt, sizeLength);
    const from = sizeAt + sizeLength;
    // As long as what it lies in, of a recording that was never finished.
    const to = size === null ? end : from + size;
    elements.push({ id: numberAt(view, at, idLength), start: from, end: to });
    if (elements.at(-1)!.id === last) break;
    at = to;
  }
  return elements;
}

/** How many bytes a number has tells the place of its first bit. */
function lengthOfNumber(first: number, most: number): number {
  const length = Math.clz32(first) - 23;
  if (length > most) throw new RangeError("no number");
  return length;
}

/** Without the marker bit; null when all the others are set. Beyond 2^53 it is not exact, and longer than any file. */
function sizeOf(view: DataView, at: number, length: number): number | null {
  const first = view.getUint8(at) & (0xff >> length);
  const isOpen = first === 0xff >> length && Array.from({ length: length - 1 }, (_, i) => view.getUint8(at + 1 + i)).every((byte) => byte === 0xff);
  return isOpen ? null : first * 256 ** (length - 1) + numberAt(view, at + 1, length - 1);
}

function numberAt(view: DataView, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + view.getUint8(at + i);
  return value;
}

function lengthOf(view: DataView, info: Element): number | null {
  const inside = elementsIn(view, info.start, info.end);
  const duration = inside.find(({ id }) => id === DURATION);
  if (!duration) return null;
  const length = duration.end - duration.start === 4 ? view.getFloat32(duration.start) : view.getFloat64(duration.start);
  // In units of so many nanoseconds.
  const seconds = (length * unsigned(view, inside, SCALE, 1_000_000)) / 1e9;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** null for sound and the like. */
function readTrack(view: DataView, track: Element): PictureTrack | null {
  const inside = elementsIn(view, track.start, track.end);
  if (unsigned(view, inside, TYPE, 0) !== 1) return null;
  const [codec, video] = [CODEC, VIDEO].map((wanted) => inside.find(({ id }) => id === wanted));
  const name = codec ? textOf(view, codec) : "";
  const size = video ? elementsIn(view, video.start, video.end) : [];
  return {
    codec: CODECS[name] ?? (name.startsWith("V_") && !WRAPPED.includes(name) ? "other" : null), isDefault: unsigned(view, inside, IS_DEFAULT, 1) === 1,
    width: unsigned(view, size, WIDTH, 0), height: unsigned(view, size, HEIGHT, 0), shown: null,
  };
}

function unsigned(view: DataView, elements: Element[], wanted: number, otherwise: number): number {
  const found = elements.find(({ id }) => id === wanted);
  return found && found.end - found.start <= 8 ? numberAt(view, found.start, found.end - found.start) : otherwise;
}

const textOf = (view: DataView, { start, end }: Element) => String.fromCharCode(...Array.from({ length: Math.min(end - start, 64) }, (_, i) => view.getUint8(start + i))).replace(/\0+$/, "");
