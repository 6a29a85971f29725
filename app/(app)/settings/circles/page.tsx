import type { Metadata } from "next";
import { DistantPeople } from "@/components/accounts/distant-people";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { CircleList } from "@/components/circles/circle-list";
import { NewCircle } from "@/components/circles/new-circle";
import { listCircles } from "@/lib/graph/circle-queries";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Circles" };

export default async function CirclesSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const circles = await listCircles(viewer);
  return (
    <SettingsPage current="circles">
      <SettingsSection id="circles" title="Your circles" intro="Groups of people for whom you can post. Nobody but you sees them, and nobody is told.">
        <CircleList circles={circles} />
        <NewCircle />
      </SettingsSection>
      <SettingsSection id="favourites" title="Favourites" intro="Their posts have a place of their own beside your feed. They are not told.">
        <DistantPeople viewer={viewer} kind="favourite" />
      </SettingsSection>
    </SettingsPage>
  );
}
