import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SavedHome } from "@/components/collections/saved-home";
import { Page } from "@/components/ui/page";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Saved", robots: { index: false } };

/** What the viewer saved, newest first. Nobody else sees it. */
export default async function SavedPage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/login?next=/saved");
  return (
    <Page title="Saved" width="page">
      <SavedHome viewer={viewer} />
    </Page>
  );
}
