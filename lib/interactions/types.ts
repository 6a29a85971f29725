import type { UserSummary } from "@/lib/profiles/types";

/** Saved posts under a name, as one of those who share it sees it: what they may not see is neither counted nor shown. */
export type CollectionView = {
  id: string;
  name: string;
  owner: UserSummary;
  /** What the viewer is to it. Somebody invited sees its name and owner only. */
  role: "owner" | "member" | "invited";
  /** Counting stops at 100. */
  post_count: number;
  /** People it is shared with, besides its owner. */
  member_count: number;
  /** Of a post that the viewer wants to be asked about first the address is empty. */
  cover: { post_id: string; url: string; alt: string } | null;
  /** Whether it holds the post that was asked about. */
  has_post?: boolean;
  created_at: string;
  updated_at: string;
};

/** Somebody with whom a collection is shared. */
export type MemberView = { user: UserSummary; state: "invited" | "joined" };
