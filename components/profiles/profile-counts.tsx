import Link from "next/link";
import type { ReactNode } from "react";
import { followeeOf } from "@/components/graph/followee";
import { FollowerCount, FollowerNoun } from "@/components/graph/follower-count";
import { Count } from "@/components/ui/count";
import type { UserView } from "@/lib/profiles/types";
import { asQuery } from "./as-query";

/** Posts, followers, following. The lists are links for those who may see them. */
export function ProfileCounts({ user, linked, as }: { user: UserView; linked: boolean; as?: string }) {
  const followers = { followee: followeeOf(user), count: user.follower_count };
  const items = [
    { id: "posts", number: <Count value={user.post_count} />, noun: user.post_count === 1 ? "post" : "posts" },
    { id: "followers", number: <FollowerCount {...followers} />, noun: <FollowerNoun {...followers} />, href: `/${user.username}/followers${asQuery(as)}` },
    { id: "following", number: <Count value={user.following_count} />, noun: "following", href: `/${user.username}/following${asQuery(as)}` },
  ];
  return (
    <ul className="flex flex-wrap gap-x-6 text-ui">
      {items.map(({ id, href, ...item }) => (
        <li key={id}>
          {href && linked ? (
            <Link href={href} prefetch={false} className="flex min-h-11 items-center rounded-sm hover:underline md:min-h-9">
              <Labelled {...item} />
            </Link>
          ) : <span className="flex min-h-11 items-center md:min-h-9"><Labelled {...item} /></span>}
        </li>
      ))}
    </ul>
  );
}

function Labelled({ number, noun }: { number: ReactNode; noun: ReactNode }) {
  return (
    <span className="flex items-baseline gap-1.5">
      <span className="text-base font-bold">{number}</span>
      <span className="text-muted">{noun}</span>
    </span>
  );
}
