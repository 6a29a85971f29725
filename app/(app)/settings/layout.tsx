import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { getViewer } from "@/lib/platform/viewer/viewer";

/** Settings are one's own: whoever is signed out logs in first. The pages ask again for themselves. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  if (!(await getViewer())) redirect("/login?next=/settings");
  return children;
}
