import type { Metadata } from "next";
import { loadProfile } from "../load-profile";
import { PeoplePage, type PeopleProps } from "../people-page";

export async function generateMetadata({ params }: PeopleProps): Promise<Metadata> {
  const { user } = await loadProfile((await params).username, "/following");
  return { title: `Followed by @${user.username}`, robots: { index: false } };
}

export default function FollowingPage(props: PeopleProps) {
  return <PeoplePage {...props} side="following" />;
}
