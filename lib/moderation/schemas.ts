import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { REASONS } from "./reasons";

export const MAX_REPORT_NOTE = 1_000;
const noteSchema = z.string().max(MAX_REPORT_NOTE * 4).transform((text) => text.replace(/\r\n?/g, "\n").trim()).refine((text) => [...text].length <= MAX_REPORT_NOTE, `must have at most ${MAX_REPORT_NOTE} characters`);

/** `POST /api/reports`. */
export const reportSchema = z.object({
  subject: z.enum(["post", "comment", "user", "thread"], "must be post, comment, user or thread"),
  id: idSchema,
  reason: z.enum(REASONS, `must be one of ${REASONS.join(", ")}`),
  note: noteSchema.nullish().transform((note) => note ?? ""),
});
/** `POST /api/direct/:id/report`. */
export const reportThreadSchema = reportSchema.pick({ reason: true, note: true });
export type Report = z.output<typeof reportSchema>;
