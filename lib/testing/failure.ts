import type { AppError } from "@/lib/platform/errors";

/** What the work was refused with, or null when it was not. */
export const failure = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error as AppError);
