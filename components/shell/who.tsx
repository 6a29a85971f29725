"use client";
import { useLayoutEffect } from "react";
import { PERSON_META } from "@/lib/platform/viewer/person-header";

let known: string | null | undefined;

/**
 * Who is looking, `null` for a visitor. When that becomes somebody else in this tab, the page is loaded anew: lists, drafts and answers that the script keeps in
 * memory are the former person's. What we send says whose page it comes from (person-header.ts), for other tabs.
 */
export function Who({ id }: { id: string | null }) {
  useLayoutEffect(() => {
    if (known === undefined) known = id;
    if (known === id) return;
    // Nothing can be pressed that would be gone a moment later.
    document.body.inert = true;
    window.location.reload();
  }, [id]);
  return id === null ? null : <meta name={PERSON_META} content={id} />;
}
