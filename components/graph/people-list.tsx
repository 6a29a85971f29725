// <PeopleList viewer={viewer} userId={user.id} side="followers" q="" />   Somebody's followers or whom they follow, endless.
import { Endless } from "@/components/feed/endless";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchIcon, UsersIcon } from "@/components/ui/icons";
import { listFollowers, listFollowing } from "@/lib/graph/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { morePeople } from "./list-actions";
import { PersonRow } from "./person-row";

type Props = { viewer: Viewer | null; userId: string; side: "followers" | "following"; q: string };

export async function PeopleList({ viewer, userId, side, q }: Props) {
  const list = side === "followers" ? listFollowers : listFollowing;
  const slice = await list(viewer, userId, { limit: 30, cursor: null }, q);
  if (slice.items.length === 0) return <NoPeople side={side} q={q} isSelf={viewer?.id === userId} />;
  return (
    <Endless name={`${side}:${userId}:${q}`} next={slice.nextCursor} more={morePeople} args={{ user_id: userId, side, q }} className="px-4 md:px-0">
      {slice.items.map((user) => <PersonRow key={user.id} user={user} />)}
    </Endless>
  );
}

function NoPeople({ side, q, isSelf }: Pick<Props, "side" | "q"> & { isSelf: boolean }) {
  if (q) return <EmptyState icon={<SearchIcon />} title={`Nobody called “${q}”`}>Only the beginning of a name is needed. Try fewer letters.</EmptyState>;
  const title = side === "followers" ? "No followers yet" : "Following nobody yet";
  const words = side === "followers" ? (isSelf ? "Who follows you appears here." : "Be the first.") : isSelf ? "People you follow appear here." : "Whoever they follow appears here.";
  return <EmptyState icon={<UsersIcon />} title={title}>{words}</EmptyState>;
}
