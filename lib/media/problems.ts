/**
 * Why a file is not taken, in words for the person who chose it. The code is kept in `media.problem`; a client may show
 * the words or its own.
 */
export const PROBLEMS = {
  empty: "The file is empty.",
  unreadable: "The file can't be read. Is it still there?",
  folder: "This is a folder. Open it and choose the files in it.",
  not_a_photo: "This file is not a photo, whatever its name says. Choose a JPEG, PNG, WebP, AVIF, GIF, HEIC or JPEG XL.",
  svg: "Drawings (SVG) are not taken, because they can carry programs. Save it as PNG or JPEG.",
  video: "This is a video. Choose a photo.",
  no_video_tools: "Videos can't be posted here just now, because this server has no ffmpeg. Photos can.",
  video_type: "Videos of this type are not taken. Choose an MP4, MOV, WebM or MKV.",
  video_codec: "This video is of a kind that can't be read here. Save it as MP4 with H.264 and try again.",
  video_damaged: "The video is damaged or incomplete. Try another copy of it.",
  video_too_long: "The video is longer than 15 minutes. Make it shorter and try again.",
  video_too_short: "The video is too short to be played.",
  video_too_large: "The picture of the video is larger than 8,192 pixels a side or 40 megapixels.",
  video_too_many_bytes: "The video is larger than 1 GB.",
  video_crashed: "The video could not be made ready. Try another copy of it.",
  unsupported_type: "Photos of this type (such as TIFF and raw files) are not taken. Choose a JPEG, PNG, WebP, AVIF, GIF, HEIC or JPEG XL.",
  damaged: "The photo is damaged or incomplete. Try another copy of it.",
  too_many_pixels: "The photo has more than 100 megapixels, or takes too much memory to open. Make it smaller and try again.",
  too_many_pixels_jxl: "Photos in JPEG XL can have up to 100 megapixels; lossless ones up to 40, see-through or moving ones up to 16. Save it as JPEG or AVIF.",
  too_many_bytes: "The photo is larger than 30 MB.",
  wrong_size: "The file that arrived is not as long as announced. Try again.",
  wrong_checksum: "The file that arrived is not the one that was announced. Try again.",
  not_arrived: "The file did not arrive. Try again.",
  voice_damaged: "The voice note can't be heard. Record it again.",
  voice_too_long: "A voice note can be five minutes long.",
  voice_too_many_bytes: "The voice note is larger than 20 MB.",
  crashed: "The photo could not be read. Try another copy of it.",
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === "string" && code in PROBLEMS;
}

/** The file itself is at fault: trying again with the same bytes can't help. */
export class MediaProblem extends Error {
  override name = "MediaProblem";
  constructor(readonly code: ProblemCode, options?: ErrorOptions) {
    super(PROBLEMS[code], options);
  }
}
