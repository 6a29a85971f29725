"use client";
import { request } from "@/components/interactions/request";
import { fromPage } from "@/lib/platform/viewer/person-header";

type Result = { ok: boolean; message?: string };

/** Longest wait for a slow line, ms. */
const PATIENCE = 120_000;

/** Sends a picture to be one's avatar. Never throws. */
export async function sendAvatar(picture: Blob): Promise<Result> {
  const form = new FormData();
  form.append("image", picture, "avatar");
  try {
    const response = await fetch("/api/me/avatar", { method: "PUT", headers: fromPage(), body: form, signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return { ok: true };
    const answer = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
    return { ok: false, message: answer?.error?.message ?? "Something went wrong on our side. Try again." };
  } catch {
    return { ok: false, message: navigator.onLine ? "The server cannot be reached. Check your connection." : "You are offline." };
  }
}

export const removeAvatar = (): Promise<Result> => request("DELETE", "/api/me/avatar");
