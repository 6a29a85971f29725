import type { Metadata } from "next";
import { loadProfile } from "../load-profile";
import { PeoplePage, type PeopleProps } from "../people-page";

export async function generateMetadata({ params }: PeopleProps): Promise<Metadata> {
  const { user } = await loadProfile((await params).username, "/followers");
  return { title: `Followers of @${user.username}`, robots: { index: false } };
}

export default function FollowersPage(props: PeopleProps) {
  return <PeoplePage {...props} side="followers" />;
}
