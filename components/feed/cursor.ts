import { z } from "zod";

/** Where a part of an endless list begins. Pages pass the list's own cursor, which each query checks again. */
export const cursorSchema = z.string().min(1).max(100);
