import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { MAX_CAPTIONS_BYTES } from "../limits";

/** A language tag (BCP 47) in its usual spelling: "EN-us" is "en-US". */
const language = z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/).transform((tag, context) => {
  try {
    return Intl.getCanonicalLocales(tag)[0]!;
  } catch {
    context.addIssue({ code: "custom", message: "is no language" });
    return z.NEVER;
  }
});

export const captionsParam = z.object({ media_id: idSchema, language });

/** Body of `PUT /api/media/:id/captions/:language` when it is JSON; a plain WebVTT file does as well. */
export const captionsBody = z.object({
  text: z.string().min(1, "is missing").max(MAX_CAPTIONS_BYTES, "is larger than 1 MB"),
  label: z.string().trim().min(1).max(60).regex(/^[^\p{Cc}]*$/u, "has characters that can't be shown").optional(),
});

/** What a language calls itself, as players list it. */
export function labelOf(tag: string): string {
  const name = new Intl.DisplayNames([tag, "en"], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
