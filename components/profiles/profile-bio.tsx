import { RichText } from "@/components/posts/rich-text";
import { LinkIcon } from "@/components/ui/icons";
import type { UserView } from "@/lib/profiles/types";

export const hasBio = ({ bio, website, links }: UserView) => bio !== "" || website !== "" || links.length > 0;

/** What somebody says of themselves, and their links. */
export function ProfileBio({ user }: { user: UserView }) {
  const links = [...(user.website ? [{ title: "", url: user.website }] : []), ...user.links];
  return (
    <div className="flex max-w-prose flex-col gap-1.5">
      {user.bio ? <p dir="auto" className="text-ui break-words whitespace-pre-line"><RichText text={user.bio} /></p> : null}
      {links.length > 0 ? (
        <ul className="flex flex-wrap gap-x-5">
          {links.map(({ title, url }) => (
            <li key={url} className="min-w-0">
              <a href={url} target="_blank" rel="nofollow ugc me noopener noreferrer" className="flex min-h-11 min-w-0 items-center gap-1.5 text-ui font-medium text-accent hover:underline md:min-h-8">
                <LinkIcon className="size-4 shrink-0" />
                <bdi className="truncate">{title || bare(url)}</bdi>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** An address as people read it: without scheme, "www." and a closing slash. */
const bare = (url: string) => url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
