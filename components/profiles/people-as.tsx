import Link from "next/link";
import { Endless } from "@/components/feed/endless";
import { PersonLine } from "@/components/graph/person-line";
import { EmptyState } from "@/components/ui/empty-state";
import { ArrowLeftIcon, LockIcon, UsersIcon } from "@/components/ui/icons";
import { TabLinks } from "@/components/ui/tab-links";
import { listOwnPeopleAs } from "@/lib/graph/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { getSelfAs, Onlooker } from "@/lib/profiles/view-as";
import { asQuery } from "./as-query";
import { morePeopleAs } from "./view-as-actions";
import { ViewAsBar } from "./view-as-bar";

type Side = "followers" | "following";
type Props = { viewer: Viewer; as: string; side: Side; shown: Awaited<ReturnType<typeof getSelfAs>> };

/** One's own followers, or whom one follows, as somebody else may look through them; like the profile only to look at. */
export function PeopleAs({ viewer, as, side, shown: { onlooker, user, open } }: Props) {
  const href = (part: string) => `/${user.username}${part}${asQuery(as)}`;
  return (
    <div className="mx-auto w-full max-w-column pb-16 md:px-6 md:pt-6">
      <ViewAsBar username={viewer.username} name={onlooker.name} />
      <header className="flex items-center gap-1 px-1.5 md:-ml-2.5 md:px-0">
        <Link href={href("")} prefetch={false} aria-label={`Back to ${user.username}`} title="Back" className="flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-sunken">
          <ArrowLeftIcon />
        </Link>
        <h1 className="min-w-0 truncate text-xl"><bdi>{user.full_name || user.username}</bdi></h1>
      </header>
      {open ? (
        <>
          <TabLinks
            label="People"
            className="mb-4 px-4 md:px-0"
            items={[
              { href: href("/followers"), text: "Followers", current: side === "followers" },
              { href: href("/following"), text: "Following", current: side === "following" },
            ]}
          />
          <List viewer={viewer} as={as} side={side} onlooker={onlooker} />
        </>
      ) : <EmptyState icon={<LockIcon />} title="Your lists are closed">Who follows you, and whom you follow, {onlooker.name} does not see.</EmptyState>}
    </div>
  );
}

async function List({ viewer, as, side, onlooker }: Omit<Props, "shown"> & { onlooker: Onlooker }) {
  const slice = await listOwnPeopleAs(viewer, onlooker.as, side, { limit: 30, cursor: null });
  if (slice.items.length === 0) return <EmptyState icon={<UsersIcon />} title="Nobody to see">{side === "followers" ? "Nobody follows you yet." : "You follow nobody yet."}</EmptyState>;
  return (
    <Endless name={`as:${as}:${side}:${viewer.id}`} next={slice.nextCursor} more={morePeopleAs} args={{ as, side }} className="px-4 md:px-0">
      {slice.items.map((one) => <PersonLine key={one.id} user={one} note={one.full_name} />)}
    </Endless>
  );
}
