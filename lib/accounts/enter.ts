import "server-only";
import { redirect } from "next/navigation";
import { AppError } from "@/lib/platform/errors";
import { keepInBrowser } from "./auth";
import { keepChallenge } from "./browser-cookies";
import { localPath } from "./local-path";
import type { OpenedSession } from "./sessions";

/** Signs this browser in and goes on to `next`, or to the step that is asked for first: a code, or whether a deleted account is to be kept. From server actions only. */
export async function enter(open: () => Promise<OpenedSession>, next: string | undefined): Promise<never> {
  const path = localPath(next);
  try {
    await keepInBrowser(await open());
  } catch (error) {
    if (!(error instanceof AppError) || error.challenge === undefined) throw error;
    await keepChallenge(error.challenge);
    const step = error.code === "account_deleted" ? "/login/keep" : "/login/code";
    redirect(path === "/" ? step : `${step}?next=${encodeURIComponent(path)}`);
  }
  redirect(path);
}
