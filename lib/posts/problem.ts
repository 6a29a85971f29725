import { isProblemCode, PROBLEMS } from "@/lib/media/problems";

/** Why a post failed, in words for its author. */
export function problemText(code: string | null): string {
  return isProblemCode(code) ? PROBLEMS[code] : "A photo could not be prepared. Try again.";
}
