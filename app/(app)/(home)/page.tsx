import type { Metadata } from "next";
import { ConfirmAddress } from "@/components/accounts/confirm-address";
import { FeedHeader } from "@/components/feed/feed-header";
import { FeedSkeleton } from "@/components/feed/feed-skeleton";
import { homeFeed, HomeFrame } from "@/components/feed/home-feed";
import { Landing } from "@/components/shell/landing";
import { Soon } from "@/components/ui/soon";
import { getPreferences } from "@/lib/feed/preferences";
import type { FeedChoice } from "@/lib/feed/types";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: { absolute: "Heliograph" } };

/** `?feed=` of the orders; without it the one chosen last. */
const ADDRESSED: Record<string, FeedChoice> = { following: "following", "for-you": "for_you", favourites: "favourites" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The home feed in the order that the reader chose; for visitors what this place is. */
export default async function HomePage({ searchParams }: Props) {
  const viewer = await getViewer();
  if (!viewer) return <Landing />;
  const [{ feed }, preferences] = await Promise.all([searchParams, getPreferences(viewer)]);
  const order = (typeof feed === "string" && Object.hasOwn(ADDRESSED, feed) && ADDRESSED[feed]) || preferences.order;
  return (
    <HomeFrame>
      <ConfirmAddress viewer={viewer} />
      <FeedHeader order={order} preferences={preferences} />
      <Soon key={order} nodes={homeFeed(viewer, order)} meanwhile={<FeedSkeleton />} />
    </HomeFrame>
  );
}
