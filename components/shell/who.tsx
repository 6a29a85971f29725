"use client";
import { useLayoutEffect } from "react";
import { PERSON_META } from "@/lib/platform/viewer/person-header";

let known: string | null | undefined;

/** Notifications that are still shown, and the number on the app's icon, are of whoever has logged out. */
async function putAway(): Promise<void> {
  await navigator.clearAppBadge?.().catch(() => {});
  const worker = await navigator.serviceWorker?.getRegistration();
  for (const notification of (await worker?.getNotifications()) ?? []) notification.close();
}

/**
 * Who is looking, `null` for a visitor. When that becomes somebody else in this tab, the page is loaded anew: lists, drafts and answers that the script keeps in
 * memory are the former person's. What we send says whose page it comes from (person-header.ts), for other tabs.
 */
export function Who({ id }: { id: string | null }) {
  useLayoutEffect(() => {
    if (known === undefined) known = id;
    if (known === id) return void (id === null && putAway().catch(() => {}));
    // Nothing can be pressed that would be gone a moment later.
    document.body.inert = true;
    // At once: what the person does next must not be cut off by it. The page of who has logged out puts away what is shown.
    window.location.reload();
  }, [id]);
  return id === null ? null : <meta name={PERSON_META} content={id} />;
}
