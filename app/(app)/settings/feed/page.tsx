import type { Metadata } from "next";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { PutAwayPosts, SnoozedPeople } from "@/components/feed/wish-lists";
import { listFeedback, listSnoozed } from "@/lib/feed/feedback";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Feed" };

export default async function FeedSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [snoozed, notInterested, fewer] = await Promise.all([listSnoozed(viewer), listFeedback(viewer, "not_interested"), listFeedback(viewer, "fewer")]);
  return (
    <SettingsPage current="feed">
      <SettingsSection id="snoozed" title="Snoozed people" intro="Their posts stay out of your feeds for 30 days. They are not told.">
        <SnoozedPeople people={snoozed} />
      </SettingsSection>
      <SettingsSection id="not-interested" title="Not interested" intro="Posts that you put away. They stay out of your feeds.">
        <PutAwayPosts kind="not-interested" posts={notInterested} nothing="You have put no post away." />
      </SettingsSection>
      <SettingsSection id="fewer" title="Fewer like this" intro="For you shows less by these people, and less with these posts’ tags.">
        <PutAwayPosts kind="fewer" posts={fewer} nothing="You have not asked for less of anything." />
      </SettingsSection>
    </SettingsPage>
  );
}
