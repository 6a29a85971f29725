import type { VideoCodec } from "../limits";
import type { PictureTrack, Reader, VideoHeader } from "./picture-tracks";

/** Boxes looked at on one level before a file counts as one without an index. */
const MAX_BOXES = 200;

const CODECS: Record<string, VideoCodec> = { avc1: "h264", avc3: "h264", hvc1: "hevc", hev1: "hevc", dvh1: "hevc", dvhe: "hevc", vp08: "vp8", vp09: "vp9", av01: "av1" };
/** ProRes, DNx, Cineform, Hap, MPEG-4 of old phones, DV, MPEG-2, Motion JPEG, H.263, H.266, old QuickTime and what is not compressed; others are left to ffmpeg. */
const OTHERS = /^(ap(c[hnso]|4[hx])|AVd[nh]|CFHD|Hap.|mp4v|XVID|DIVX|DX50|FMP4|[sh]263|dvc[ p]|dvpp|dv5[np]|m[12]v1|xdv.|hdv.|mx[345][np]|m?jpeg|mjp[ab]|MJPG|vvc1|vvi1|SVQ[13]|cvid|smc |rle |rpza|png |raw |2vuy|yuv2|v210|icod)$/;

type Box = { type: string; start: number; end: number };

/**
 * Walks over the boxes of an MP4 or MOV (ISO/IEC 14496-12) to its index (`moov`), wherever that lies, and reads how long the film
 * is and what its pictures are; null when there is none: the file was cut off, or never finished by the camera.
 */
export async function readMovHeader(reader: Reader): Promise<VideoHeader | null> {
  const moov = (await boxesIn(reader, 0, reader.size, "moov")).at(-1);
  if (moov?.type !== "moov" || moov.end > reader.size) return null;
  const inside = await boxesIn(reader, moov.start, moov.end);
  const length = inside.find(({ type }) => type === "mvhd");
  const tracks = await Promise.all(inside.filter(({ type }) => type === "trak").map((box) => readTrack(reader, box)));
  return { seconds: length ? lengthOf(await bodyOf(reader, length, 32)) : null, tracks: tracks.includes("unknown") ? null : tracks.filter((track) => track !== "unknown" && track !== null) };
}

/** The boxes between two places; up to `last`, if it is named. One that is longer than there is room ends them. */
async function boxesIn(reader: Reader, start: number, end: number, last?: string): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end && boxes.length < MAX_BOXES; ) {
    const head = viewOf(await reader.read(at, 16));
    if (head.byteLength < 8) break;
    const short = head.getUint32(0);
    const isLong = short === 1 && head.byteLength === 16;
    const size = isLong ? Number(head.getBigUint64(8)) : short === 0 ? end - at : short;
    if (size < 8 || at + size > end) break;
    boxes.push({ type: nameOf(head, 4), start: at + (isLong ? 16 : 8), end: at + size });
    if (boxes.at(-1)!.type === last) break;
    at += size;
  }
  return boxes;
}

/** null for sound and the like; "unknown" when it is not written as expected. */
async function readTrack(reader: Reader, track: Box): Promise<PictureTrack | null | "unknown"> {
  const find = async (within: Box, type: string) => (await boxesIn(reader, within.start, within.end)).find((box) => box.type === type);
  const [head, media] = [await find(track, "tkhd"), await find(track, "mdia")];
  const handler = media && (await find(media, "hdlr"));
  const kind = handler && (await bodyOf(reader, handler, 12));
  if (!head || !media || !kind || kind.byteLength < 12) return "unknown";
  if (nameOf(kind, 8) !== "vide") return null;
  const information = await find(media, "minf");
  const table = information && (await find(information, "stbl"));
  const descriptions = table && (await find(table, "stsd"));
  // Version and count, then the first entry: its length, its name, and where a picture's size lies in it.
  const entry = descriptions && (await bodyOf(reader, descriptions, 44));
  if (!entry || entry.byteLength < 44) return "unknown";
  const name = nameOf(entry, 12);
  return { codec: CODECS[name] ?? (OTHERS.test(name) ? "other" : null), ...shownOf(await bodyOf(reader, head, 96)), width: entry.getUint16(40), height: entry.getUint16(42) };
}

/** At the end of `tkhd`, in 1/65536 of a pixel; whether it is enabled is the lowest bit of its flags. */
function shownOf(head: DataView): Pick<PictureTrack, "isDefault" | "shown"> {
  const at = head.byteLength > 0 && head.getUint8(0) === 1 ? 88 : 76;
  if (head.byteLength < at + 8) return { isDefault: false, shown: null };
  return { isDefault: (head.getUint8(3) & 1) === 1, shown: { width: head.getUint32(at) / 65_536, height: head.getUint32(at + 4) / 65_536 } };
}

/** 0 of a film in fragments means unknown. */
function lengthOf(mvhd: DataView): number | null {
  const isLong = mvhd.byteLength >= 32 && mvhd.getUint8(0) === 1;
  if (mvhd.byteLength < 20) return null;
  const scale = mvhd.getUint32(isLong ? 20 : 12);
  const length = isLong ? Number(mvhd.getBigUint64(24)) : mvhd.getUint32(16);
  return scale > 0 && length > 0 ? length / scale : null;
}

const nameOf = (view: DataView, at: number) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const bodyOf = async (reader: Reader, box: Box, most: number) => viewOf(await reader.read(box.start, Math.min(most, box.end - box.start)));
