/** What the viewer and a person are to each other; null for somebody signed out. `muting` is of posts. */
export type ViewerRelation = {
  is_self: boolean; following: boolean; requested: boolean; followed_by: boolean; blocking: boolean; muting: boolean;
  muting_stories: boolean; restricting: boolean; is_favourite: boolean;
};

/** The few facts shown beside a post or comment. */
export type UserSummary = { id: string; username: string; full_name: string; avatar_url: string | null; is_verified: boolean };

/** A person as the API and the pages show it (API.md, Shapes). Counts of a private account are shown, its lists are not. */
export type UserView = UserSummary & {
  bio: string;
  website: string;
  pronouns: string;
  links: { title: string; url: string }[];
  is_private: boolean;
  follower_count: number;
  following_count: number;
  post_count: number;
  created_at: string;
  viewer: ViewerRelation | null;
};

/** How the viewer follows somebody now. */
export type FollowState = { following: boolean; requested: boolean };

/** What of somebody is kept out of the viewer's feed. */
export type MuteState = { muting: boolean; muting_stories: boolean };

/** A named group of people for whom its owner posts; nobody else learns of it. */
export type CircleView = { id: string; name: string; is_close_friends: boolean; member_count: number; created_at: string };
