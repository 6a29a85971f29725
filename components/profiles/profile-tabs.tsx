import { BookmarkIcon, GridIcon } from "@/components/ui/icons";
import { TabLinks } from "@/components/ui/tab-links";

/** On one's own profile: one's posts, and what only oneself sees. */
export function ProfileTabs({ username, current }: { username: string; current: "posts" | "saved" }) {
  return (
    <TabLinks
      label="Profile"
      className="mb-1 px-4 md:px-0"
      items={[
        { href: `/${username}`, text: "Posts", icon: <GridIcon />, current: current === "posts" },
        { href: `/${username}/saved`, text: "Saved", icon: <BookmarkIcon />, current: current === "saved" },
      ]}
    />
  );
}
