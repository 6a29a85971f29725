import { Endless } from "@/components/feed/endless";
import { GRID_PART } from "@/components/posts/grid-posts";
import { EmptyState } from "@/components/ui/empty-state";
import { CameraIcon, RepostIcon, TagPersonIcon } from "@/components/ui/icons";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listOwnPinnedAs } from "@/lib/posts/pins";
import type { getSelfAs, Onlooker } from "@/lib/profiles/view-as";
import { ProfileHeader } from "./profile-header";
import { ProfileLocked } from "./profile-posts";
import { ProfileTabs } from "./profile-tabs";
import { ShownPosts } from "./shown-posts";
import { moreAs } from "./view-as-actions";
import { ViewAsBar } from "./view-as-bar";
import { LISTS_AS, type TabAs } from "./view-as-lists";

type Shown = Awaited<ReturnType<typeof getSelfAs>>;

/**
 * One's own profile as somebody else has it: the same queries, asked for another viewer. Only to look at: photos do not open, since a post's page would
 * be one's own again, with one's own menu and figures.
 */
export function ProfileAs({ viewer, as, tab, shown: { onlooker, user, open } }: { viewer: Viewer; as: string; tab: TabAs; shown: Shown }) {
  return (
    <div className="mx-auto w-full max-w-page pb-16 md:px-6 md:pt-6">
      <ViewAsBar username={viewer.username} name={onlooker.name} />
      <ProfileHeader user={user} open={open} as={as} />
      {open ? <ProfileTabs user={user} current={tab} as={as} /> : null}
      {open ? <GridAs viewer={viewer} as={as} tab={tab} onlooker={onlooker} /> : <div className="border-t"><ProfileLocked user={user} /></div>}
    </div>
  );
}

const NOTHING = {
  posts: { icon: <CameraIcon />, title: "No posts to see", words: "Of your posts" },
  reposts: { icon: <RepostIcon />, title: "No reposts to see", words: "Of your reposts" },
  tagged: { icon: <TagPersonIcon />, title: "No tagged photos to see", words: "Of the photos on which you are tagged" },
};

async function GridAs({ viewer, as, tab, onlooker }: { viewer: Viewer; as: string; tab: TabAs; onlooker: Onlooker }) {
  const [pinned, slice] = await Promise.all([tab === "posts" ? listOwnPinnedAs(viewer, onlooker.as) : [], LISTS_AS[tab](viewer, onlooker.as, { limit: GRID_PART, cursor: null })]);
  if (pinned.length + slice.items.length === 0) {
    const { icon, title, words } = NOTHING[tab];
    return <EmptyState icon={icon} title={title}>{words}, {onlooker.name} sees none.</EmptyState>;
  }
  return (
    <Endless name={`as:${as}:${tab}:${viewer.id}`} next={slice.nextCursor} more={moreAs} args={{ as, tab }} className="grid grid-cols-3 gap-0.5 md:gap-1">
      <ShownPosts posts={pinned} pinned />
      <ShownPosts posts={slice.items} />
    </Endless>
  );
}
