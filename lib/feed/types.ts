import type { PostView } from "@/lib/posts/types";
import type { UserView } from "@/lib/profiles/types";
import type { ReasonView } from "./rankers/words";

export type { ReasonView } from "./rankers/words";

export type FeedOrder = "following" | "for_you";

/** What the home page can show; the favourites have an address, but are not what it opens with. */
export type FeedChoice = FeedOrder | "favourites";

/** How a person wants their home feed. Sliders 0 to 1, 0.5 in the middle. */
export type PreferencesView = {
  order: FeedOrder;
  /** 0 friends, 1 discovery. */
  discovery: number;
  /** 0 fresh, 1 best. */
  best: number;
  /** 0 photos, 1 videos. */
  video: number;
};

/** A post where a ranker put it. */
export type RankedPost = { post: PostView; score: number; reason: ReasonView };

/** People whom the viewer does not want to see for a while. */
export type SnoozedPerson = { user: UserView; until: string };
