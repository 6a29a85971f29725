/** Whence a post came into "For you". */
export const SOURCES = ["own", "followed", "liked_by_followed", "friends_of_friends", "popular", "small_account"] as const;
export type Source = (typeof SOURCES)[number];

/** What a ranker knows of a post, for one reader. Counts that the author hides come only as orders of magnitude. */
export type Features = {
  postId: string;
  authorId: string;
  source: Source;
  /** Followed people who liked the post, or who follow its author; by the source. */
  company: number;
  isVideo: boolean;
  ageHours: number;
  likes: number;
  comments: number;
  /** The author's followers. */
  audience: number;
  /** How often the reader liked, commented on or saved posts of the author, ever counted as 1. */
  interactions: number;
  /** The same with the weight of each kind, halved every month. */
  affinity: number;
  seen: boolean;
  /** How often the reader asked for fewer like it: by the author 1 each, by a shared tag a half. */
  fewer: number;
};

/** What a ranker knows of the reader. Sliders 0 to 1, 0.5 in the middle. */
export type Reader = {
  id: string;
  /** Day of the visit, such as "2026-03-01": what is left to chance stays the same for so long. */
  day: string;
  /** How much more of their likes go to videos (and to photos) than the posts at hand would suggest; 1 is neither. */
  lift: { video: number; photo: number };
  /** 0 friends, 1 discovery. */
  discovery: number;
  /** 0 fresh, 1 best. */
  best: number;
  /** 0 photos, 1 videos. */
  video: number;
};

export const TERMS = ["likes", "comments", "freshness", "affinity", "reception", "source", "media", "own", "chance", "seen", "fewer", "variety"] as const;
export type TermName = (typeof TERMS)[number];
/** A part of a score; a score is the sum of its terms. */
export type Term = { name: TermName; value: number };
export type Scored = { features: Features; score: number; terms: Term[] };

/** A pure function over features, with a name and version. */
export type Ranker = {
  name: string;
  /** Posts older than this come after all others, hours. */
  window: number | null;
  terms: (post: Features, reader: Reader) => Term[];
  /** Spreads authors over the page (arrange.ts). */
  isSpread: boolean;
};
