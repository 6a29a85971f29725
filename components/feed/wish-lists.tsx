import Link from "next/link";
import { PersonRow } from "@/components/graph/person-row";
import type { SnoozedPerson } from "@/lib/feed/types";
import type { PostView } from "@/lib/posts/types";
import { TakeBackWish } from "./take-back-wish";

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

export function SnoozedPeople({ people }: { people: SnoozedPerson[] }) {
  if (people.length === 0) return <p className="text-ui text-muted">You have snoozed nobody.</p>;
  return (
    <ul>
      {people.map(({ user, until }) => (
        <PersonRow key={user.id} user={user} note={`Until ${day.format(new Date(until))}`} action={<TakeBackWish path={`/api/users/${user.id}/snooze`} what={user.username} back="Show again" again="Snooze" />} />
      ))}
    </ul>
  );
}

export function PutAwayPosts({ kind, posts, nothing }: { kind: "not-interested" | "fewer"; posts: PostView[]; nothing: string }) {
  if (posts.length === 0) return <p className="text-ui text-muted">{nothing}</p>;
  return (
    <ul>
      {posts.map((post) => (
        <li key={post.id} className="flex min-h-16 items-center gap-3 py-2">
          <Link href={`/p/${post.shortcode}`} prefetch={false} className="flex min-w-0 flex-1 items-center gap-3 rounded-sm">
            {/* oxlint-disable-next-line nextjs/no-img-element -- a small square that is made already */}
            {post.cover ? <span className="size-12 shrink-0 rounded-sm bg-sunken" /> : <img src={post.thumbnail_url} alt="" width={48} height={48} loading="lazy" className="size-12 shrink-0 rounded-sm bg-sunken object-cover" />}
            <span className="min-w-0 leading-tight">
              <span className="block truncate text-ui font-semibold">{`Post by ${post.user.username}`}</span>
              <span className="block truncate text-sm text-muted"><bdi>{post.cover ? "Covered" : post.caption || post.media[0]?.alt || "Without words"}</bdi></span>
            </span>
          </Link>
          <TakeBackWish path={`/api/posts/${post.id}/${kind}`} what={`the post by ${post.user.username}`} back="Take back" again="Put away" />
        </li>
      ))}
    </ul>
  );
}
