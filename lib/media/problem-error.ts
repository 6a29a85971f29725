import { AppError } from "@/lib/platform/errors";
import { type ProblemCode, PROBLEMS } from "./problems";

const STATUS: Partial<Record<ProblemCode, "too_large" | "unsupported_type">> = {
  too_many_bytes: "too_large",
  too_many_pixels: "too_large",
  too_many_pixels_jxl: "too_large",
  not_a_photo: "unsupported_type",
  svg: "unsupported_type",
  video: "unsupported_type",
  no_video_tools: "unsupported_type",
  video_type: "unsupported_type",
  video_codec: "unsupported_type",
  video_too_many_bytes: "too_large",
  video_too_large: "too_large",
  unsupported_type: "unsupported_type",
  voice_too_many_bytes: "too_large",
};

/** The refusal a client gets: 413, 415 or 422. */
export function problemError(code: ProblemCode): AppError {
  return new AppError(STATUS[code] ?? "invalid", PROBLEMS[code], { fields: { media: PROBLEMS[code] } });
}
