import Link from "next/link";
import { notFound } from "next/navigation";
import { PeopleList } from "@/components/graph/people-list";
import { PeopleSearch } from "@/components/graph/people-search";
import { PeopleAs } from "@/components/profiles/people-as";
import { ArrowLeftIcon } from "@/components/ui/icons";
import { TabLinks } from "@/components/ui/tab-links";
import { loadProfile } from "./load-profile";
import { type AsParams, lookedAtAs } from "./looked-at-as";

export type PeopleProps = { params: Promise<{ username: string }>; searchParams: Promise<AsParams & { q?: string | string[] }> };

const words = { followers: "Search followers", following: "Search following" };

/** Somebody's followers, or whom they follow. Of a private account only its followers may see them. */
export async function PeoplePage({ params, searchParams, side }: PeopleProps & { side: "followers" | "following" }) {
  const found = await loadProfile((await params).username, `/${side}`);
  const { viewer, user, open } = found;
  const looked = await lookedAtAs(found, await searchParams);
  if (looked) return <PeopleAs {...looked} side={side} />;
  if (!open) notFound();
  const q = [(await searchParams).q].flat()[0]?.trim().slice(0, 100) ?? "";
  return (
    <div className="mx-auto w-full max-w-column pt-3 pb-16 md:px-6 md:pt-8">
      <header className="flex items-center gap-1 px-1.5 md:-ml-2.5 md:px-0">
        <Link href={`/${user.username}`} prefetch={false} aria-label={`Back to ${user.username}`} title="Back" className="flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-sunken">
          <ArrowLeftIcon />
        </Link>
        <h1 className="min-w-0 truncate text-xl"><bdi>{user.full_name || user.username}</bdi></h1>
      </header>
      <TabLinks
        label="People"
        className="mb-4 px-4 md:px-0"
        items={[
          { href: `/${user.username}/followers`, text: "Followers", current: side === "followers" },
          { href: `/${user.username}/following`, text: "Following", current: side === "following" },
        ]}
      />
      <div className="px-4 md:px-0"><PeopleSearch key={side} q={q} label={words[side]} /></div>
      <PeopleList viewer={viewer} userId={user.id} side={side} q={q} />
    </div>
  );
}
