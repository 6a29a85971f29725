import type { VideoFiles } from "@/db/schema/media-edit";
import { VARIANTS } from "../keys";

const TYPES = { m3u8: "application/vnd.apple.mpegurl", mp4: "video/mp4", webp: "image/webp", avif: "image/avif", vtt: "text/vtt; charset=utf-8" } as const;
export type VideoFileExt = keyof typeof TYPES;

/** One file that is served of a video beside its pictures: its name below `media/{id}/{version}/`. */
export type VideoFile = { name: string; /** Its name in the folder where it was made. */ local: string; contentType: string };

export const typeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf(".") + 1) as VideoFileExt] ?? "application/octet-stream";

const file = (name: string, local: string): VideoFile => ({ name, local, contentType: typeOf(name) });

/** Every file of a video that is ready. */
export function videoFiles({ renditions, mp4, preview }: VideoFiles): VideoFile[] {
  return [
    file("hls/master.m3u8", "master.m3u8"),
    ...renditions.flatMap(({ name }) => [file(`hls/${name}.m3u8`, `${name}.m3u8`), file(`hls/${name}.mp4`, `${name}.mp4`)]),
    ...(mp4 ? [file("video.mp4", "video.mp4")] : []),
    ...(preview ? [file(`preview.${preview.ext}`, `preview.${preview.ext}`)] : []),
  ];
}

/** Where such a file lies. */
export const videoKey = (mediaId: string, version: string, name: string) => `${VARIANTS}${mediaId}/${version}/${name}`;

/** Where one language's subtitles lie. */
export const captionsKey = (mediaId: string, version: string, captionsId: string) => videoKey(mediaId, version, `captions/${captionsId}.vtt`);

/** Beside them, those of the whole video, also of parts that are cut away; not served. */
export const wholeKeyOf = (key: string) => key.replace(/\.vtt$/, ".whole.vtt");

/** Where the whole of a video lies that its author edits by. */
export const UNCUT_FILE = "uncut.mp4";
export const uncutKey = (mediaId: string, uncutVersion: string) => videoKey(mediaId, uncutVersion, UNCUT_FILE);

/** The keys of everything that belongs to a row's `video` column; none for photos. */
export function videoKeys(row: { id: string; version: string; video: VideoFiles | null }): string[] {
  return row.video === null ? [] : videoFiles(row.video).map(({ name }) => videoKey(row.id, row.version, name));
}
