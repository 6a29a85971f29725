/** Part of the oriented picture, each value 0..1 of its width or height. */
export type Crop = { x: number; y: number; width: number; height: number };

/** Turned by quarters clockwise and mirrored first, then straightened, then cropped. */
export type Geometry = { quarterTurns: 0 | 1 | 2 | 3; isMirrored: boolean; /** Degrees clockwise, -45..45. */ straighten: number; crop: Crop | null };

/** Each -1..1 (0 leaves the picture alone), those that only add 0..1. */
export type Adjustments = {
  brightness: number; contrast: number; warmth: number; saturation: number; highlights: number; shadows: number;
  fade: number; vignette: number; sharpen: number; grain: number;
};

/** What its author did to a photo, as numbers: the file that was brought stays as it is, so that all of this can be changed later. */
export type PhotoEdit = { geometry: Geometry; filter: { name: string; strength: number } | null; adjust: Adjustments };

/** Seconds of the video that was brought; `cover` counts from its beginning, too. */
export type VideoEdit = { trim: { start: number; end: number } | null; cover: number | null; isMuted: boolean; crop: Crop | null };

export type MediaEdit = ({ kind: "image" } & PhotoEdit) | ({ kind: "video" } & VideoEdit);

/** One file of a video's ladder: `height` of its shorter side, bits per second, as HLS names codecs. */
export type Rendition = { name: string; width: number; height: number; bandwidth: number; codecs: string; bytes: number };

/** What was made of a video beside its pictures: the renditions of the HLS ladder and the one MP4. Bytes as stored. */
export type VideoFiles = { renditions: Rendition[]; mp4: { width: number; height: number; bytes: number } | null; preview: { ext: "webp" | "avif"; bytes: number } | null };

/** What a file said or had beside its picture and is not served. */
export const REMOVED = ["location", "serial_number", "names", "thumbnail", "camera", "time", "maker_notes", "software", "comments", "xmp", "iptc", "gain_map", "animation", "frames", "large_movement", "data_tracks", "other"] as const;
export type Removed = (typeof REMOVED)[number];

/** How one picture is encoded, whatever the size. Full chroma is 4:4:4, for colour edges that 4:2:0 would smear. */
export type Look = { quality: number; isFullChroma: boolean };
export type Looks = Partial<Record<"jpg" | "webp" | "avif", Look>>;

/** What its author is told: what came in, what is served, what was taken out. */
export type Receipt = {
  /** `colour` as its profile calls itself; `quality` as libjpeg counts, of a JPEG. */
  source: { type: string; width: number; height: number; bytes: number; colour: string; quality: number | null };
  colour: "sRGB" | "Display P3";
  /** Similarity by SSIM (0..1) with the picture at the same size before it was compressed. */
  served: { name: string; ext: "jpg" | "webp" | "avif"; width: number; height: number; bytes: number; similarity: number | null }[];
  removed: Removed[];
  /** How it was encoded, for widths that are asked for later. */
  looks: Looks;
};

/** What of a video is not as it was brought. */
export const VIDEO_CHANGES = ["trimmed", "cropped", "silenced", "toned", "thinned", "squared"] as const;
export type VideoChange = (typeof VIDEO_CHANGES)[number];

/** What came in as a video: codecs as ffmpeg names them, HDR by its curve. */
export type VideoSource = {
  type: string; codec: string; width: number; height: number; bytes: number; duration: number | null; framesPerSecond: number;
  /** Null where that was not looked at. */
  isVariable: boolean | null;
  hdr: "PQ" | "HLG" | null; audio: { codec: string; channels: number } | null;
};

/** A video's receipt; its files stand in `video` and `variants`. Similarity by name of the rendition, as for photos. */
export type VideoReceipt = {
  kind: "video"; source: VideoSource; removed: Removed[]; changed: VideoChange[];
  /** Null: it can't be measured. */
  measured: "later" | "done" | null;
  similarity: Record<string, number>;
};
