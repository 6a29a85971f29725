import type { Rendition } from "@/db/schema/media-edit";

/** A segment as a range of its size's one file. */
export type Segment = { seconds: number; bytes: number; offset: number };
export type Playlist = { map: { bytes: number; offset: number }; segments: Segment[] };

/** Reads what ffmpeg wrote for one size; throws when it is not what we asked for. */
export function readPlaylist(text: string): Playlist {
  const map = /#EXT-X-MAP:URI="[^"]+",BYTERANGE="(\d+)@(\d+)"/.exec(text);
  const segments = [...text.matchAll(/#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n/g)].map(([, seconds, bytes, offset]) => ({ seconds: Number(seconds), bytes: Number(bytes), offset: Number(offset) }));
  if (!map || segments.length === 0) throw new Error("not a playlist of ranges");
  return { map: { bytes: Number(map[1]), offset: Number(map[2]) }, segments };
}

/** Writes the playlist of one size anew, so that nothing is in it but this (RFC 8216). */
export function writePlaylist(name: string, { map, segments }: Playlist): string {
  const target = Math.max(1, Math.ceil(Math.max(...segments.map(({ seconds }) => seconds)) - 0.5));
  return [
    "#EXTM3U", "#EXT-X-VERSION:7", `#EXT-X-TARGETDURATION:${target}`, "#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MAP:URI="${name}.mp4",BYTERANGE="${map.bytes}@${map.offset}"`,
    ...segments.flatMap(({ seconds, bytes, offset }) => [`#EXTINF:${seconds.toFixed(6)},`, `#EXT-X-BYTERANGE:${bytes}@${offset}`, `${name}.mp4`]),
    "#EXT-X-ENDLIST", "",
  ].join("\n");
}

/** Players begin with the first that is named, before they know the line: this one is bearable on all of them. */
const BEGIN_WITH = 480;

/** The list of sizes. */
export function writeMaster(renditions: readonly Rendition[]): string {
  const first = renditions.findLast(({ name }) => Number(name) <= BEGIN_WITH) ?? renditions[0]!;
  const ordered = [first, ...renditions.filter((one) => one !== first)];
  return [
    "#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS",
    ...ordered.flatMap(({ name, width, height, bandwidth, codecs }) => [`#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},RESOLUTION=${width}x${height},CODECS="${codecs}"`, `${name}.m3u8`]),
    "",
  ].join("\n");
}

/** The same playlist, `seconds` long: ffmpeg knows of the last segment only how many frames it has, not how long they last. */
export function endAt({ map, segments }: Playlist, seconds: number): Playlist {
  const before = segments.slice(0, -1);
  const last = segments.at(-1)!;
  const left = seconds - before.reduce((sum, one) => sum + one.seconds, 0);
  return { map, segments: [...before, { ...last, seconds: Math.max(last.seconds, left) }] };
}

/** Bits a second of the segment that needs most, for which a line must suffice. */
export function peakOf({ segments }: Playlist): number {
  // The end of a video can be a fragment of a second, whose key frame would look like a flood.
  const full = segments.filter(({ seconds }) => seconds >= 1);
  return Math.ceil(Math.max(...(full.length > 0 ? full : segments).map(({ bytes, seconds }) => (bytes * 8) / Math.max(seconds, 0.1))));
}

/** Gives every address in a playlist the query (with its `?`) of the address under which the playlist was asked for. */
export function signPlaylist(text: string, query: string): string {
  return text.replace(/URI="([^"?]+)"/g, (_, uri: string) => `URI="${uri}${query}"`).replace(/^(?!#)(\S+)$/gm, (uri) => `${uri}${query}`);
}

/** The codecs of a fragmented MP4, as HLS names them: what its `avcC` box says, and AAC. Throws when there is none. */
export function codecsOf(head: Buffer, hasAudio: boolean): string {
  const at = head.indexOf("avcC", 0, "latin1");
  if (at === -1 || at + 8 > head.length) throw new Error("no H.264 in it");
  // After the name: version, profile, compatibility, level (ISO/IEC 14496-15, 5.3.3.1).
  const avc = `avc1.${head.subarray(at + 5, at + 8).toString("hex")}`;
  return hasAudio ? `${avc},mp4a.40.2` : avc;
}
