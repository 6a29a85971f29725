import { BookmarkIcon, GridIcon, RepostIcon, TagPersonIcon } from "@/components/ui/icons";
import { TabLinks } from "@/components/ui/tab-links";
import type { UserView } from "@/lib/profiles/types";
import { asQuery } from "./as-query";

export type Tab = "posts" | "reposts" | "tagged" | "saved";

type Props = { user: Pick<UserView, "username" | "viewer">; current: Tab; /** One's own, looked at as this onlooker. */ as?: string };

/** What there is of a person to look at; what they saved only they see themselves. */
export function ProfileTabs({ user: { username, viewer }, current, as }: Props) {
  const query = asQuery(as);
  return (
    <TabLinks
      label="Profile"
      className="mb-1 px-4 md:px-0"
      items={[
        { href: `/${username}${query}`, text: "Posts", icon: <GridIcon />, current: current === "posts" },
        { href: `/${username}/reposts${query}`, text: "Reposts", icon: <RepostIcon />, current: current === "reposts" },
        { href: `/${username}/tagged${query}`, text: "Tagged", icon: <TagPersonIcon />, current: current === "tagged" },
        ...(viewer?.is_self ? [{ href: `/${username}/saved`, text: "Saved", icon: <BookmarkIcon />, current: current === "saved" }] : []),
      ]}
    />
  );
}
