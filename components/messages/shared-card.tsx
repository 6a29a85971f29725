import { PersonName } from "@/components/posts/person-name";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { EyeOffIcon } from "@/components/ui/icons";
import type { SharedView } from "@/lib/messages/types";

const box = "flex w-60 max-w-full flex-col overflow-hidden rounded-lg border bg-surface";

/** A post or a person that was sent, as a card that leads there. */
export function SharedCard({ shared }: { shared: SharedView }) {
  if (shared.kind === "profile") {
    const { user } = shared;
    if (!user) return <Missing>This person is not here any more, or not for you.</Missing>;
    return (
      <AppLink href={`/${user.username}`} className={`${box} items-center px-4 py-5 text-center hover:bg-sunken`}>
        <Avatar src={user.avatar_url} name={user.full_name || user.username} size="lg" />
        <PersonName user={user} className="mt-3 max-w-full text-ui font-semibold" />
        {user.full_name ? <bdi className="max-w-full truncate text-sm text-muted">{user.full_name}</bdi> : null}
        <span className="mt-2 text-sm font-semibold text-accent">See profile</span>
      </AppLink>
    );
  }
  const { post } = shared;
  if (!post) return <Missing>This post is not here any more, or not for you.</Missing>;
  return (
    <AppLink href={`/p/${post.shortcode}`} keepsPlace className={`${box} hover:bg-sunken`}>
      {post.thumbnail_url ? (
        // The sketch names the smallest size; the next is cut to a square here. What signs the address holds for all sizes.
        <img src={post.thumbnail_url.replace(/\/150(\.\w+)(?=\?|$)/, "/320$1")} alt={post.alt || "Post"} width={240} height={240} loading="lazy" decoding="async" className="aspect-square w-full bg-sunken object-cover" />
      ) : <span className="flex aspect-video items-center justify-center gap-2 bg-sunken text-sm text-muted"><EyeOffIcon className="size-5" />Covered post</span>}
      <span className="px-3 py-2.5 text-sm font-semibold">See post</span>
    </AppLink>
  );
}

function Missing({ children }: { children: string }) {
  return <p className="max-w-60 rounded-lg border border-dashed border-strong/60 px-3.5 py-3 text-sm text-muted">{children}</p>;
}
