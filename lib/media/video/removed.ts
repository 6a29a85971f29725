import type { Removed } from "@/db/schema/media-edit";

/** What ffprobe tells of a stream, as far as it matters here; keys of tags only, never what they say. */
export type Tagged = { codec_type: string; disposition: { attached_pic?: number }; tags: Record<string, unknown> };

/** Names of tags by what they give away; those of QuickTime come with a prefix ("com.apple.quicktime.location.ISO6709", "©xyz"). */
const MEANINGS: [Removed, RegExp][] = [
  ["location", /location|(^|©)(xyz|loci)|gps|(latitude|longitude|altitude)$|^country$|^city$/],
  ["serial_number", /serial|(unique|content|media)[._-]?identifier|^uid$|firmware/],
  ["names", /artist|author|owner|copyright|performer|director|publisher|composer|credits|(^|©)(aut|cpy|art|nam_author)$/],
  ["camera", /(^|[._-])(make|model|lens|camera)|(^|©)(mak|mod)$|manufacturer|android[._-]version|focal_length|^product/],
  ["time", /creation[._-]?(time|date)|(^|[._-])date(_|$)|date$|(^|©)day$|timecode|time_of_/],
  ["software", /software|encoder|encoded_by|writing|(^|©)(swr|too)$|muxer/],
  ["comments", /comment|description|title|synopsis|lyrics|keywords|genre|show|episode|album|(^|©)(cmt|des|nam)$/],
];

/** Tags that say how the file is built, and nothing about anybody. */
const STRUCTURE = /^(major_brand|minor_version|compatible_brands|handler_name|vendor_id|language|rotate|duration|bps|number_of_(frames|bytes)|_statistics.*|stereo_mode|alpha_mode|variant_bitrate|encoder_options)(-\w+)?$/;

/** What a video says or has beside its pictures and sound, none of which is served: what matters most first. */
export function listVideoRemoved(format: Record<string, unknown>, streams: readonly Tagged[]): Removed[] {
  const names = [format, ...streams.map(({ tags }) => tags)].flatMap((tags) => Object.keys(tags).map((name) => name.toLowerCase())).filter((name) => !STRUCTURE.test(name));
  const found = new Set<Removed>();
  for (const name of names) {
    const meant = MEANINGS.find(([, pattern]) => pattern.test(name));
    found.add(meant ? meant[0] : "other");
  }
  if (streams.some(({ disposition }) => disposition.attached_pic)) found.add("thumbnail");
  if (streams.some(({ codec_type }) => codec_type === "data" || codec_type === "attachment")) found.add("data_tracks");
  const order: Removed[] = ["location", "serial_number", "names", "thumbnail", "camera", "time", "data_tracks", "software", "comments", "other"];
  return order.filter((what) => found.has(what));
}
