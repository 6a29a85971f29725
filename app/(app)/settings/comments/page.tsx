import type { Metadata } from "next";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { HiddenWordForm } from "@/components/privacy/hidden-word-form";
import { HiddenWordList } from "@/components/privacy/hidden-word-list";
import { PresenceForm } from "@/components/privacy/presence-form";
import { ShownForm } from "@/components/privacy/shown-form";
import { WhoMayForm } from "@/components/privacy/who-may-form";
import { LinkButton } from "@/components/ui/link-button";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getPrivacy, listHiddenWords } from "@/lib/privacy/queries";

export const metadata: Metadata = { title: "Comments, mentions and tags" };

export default async function CommentSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [{ sensitive, hides_like_counts, is_indexed, shows_activity, ...who }, words] = await Promise.all([getPrivacy(viewer), listHiddenWords(viewer)]);
  return (
    <SettingsPage current="comments">
      <SettingsSection id="who-may" title="Comments, mentions and tags" intro="Who may do what. Who may see your posts is under Privacy.">
        <WhoMayForm settings={who} />
      </SettingsSection>
      <SettingsSection id="hidden-words" title="Hidden words" intro="New comments with them on your posts are hidden from everybody but their writers, who are not told. Elsewhere you do not see them; messages and posts with them are covered.">
        <div className="flex flex-col gap-6">
          <HiddenWordForm />
          <HiddenWordList words={words} />
        </div>
      </SettingsSection>
      <SettingsSection id="waiting" title="Comments that wait" intro="Comments by people you restrict wait until you approve them; those with words you hide are put away. Decide on all of them in one place.">
        <LinkButton href="/notifications/comments" prefetch={false}>Comments to decide on</LinkButton>
      </SettingsSection>
      <SettingsSection id="shown" title="What you are shown">
        <ShownForm sensitive={sensitive} hidesLikeCounts={hides_like_counts} />
      </SettingsSection>
      <SettingsSection id="presence" title="Being found">
        <PresenceForm isIndexed={is_indexed} showsActivity={shows_activity} />
      </SettingsSection>
    </SettingsPage>
  );
}
