import type { Person } from "../people";
import type { SeriesOrder } from "../photos/series";

/** The whole community before it is written: times are real, ids are final, pictures are still orders. */
export interface Member extends Person { id: string; joined: Date }
export interface Follow { id: string; follower: Member; followee: Member; state: "active" | "requested"; at: Date }
export interface PlannedPost {
  id: string;
  author: Member;
  at: Date;
  caption: string;
  place: string | null;
  subject: string;
  series: SeriesOrder;
  alts: string[];
  commentsEnabled: boolean;
  likeCountHidden: boolean;
  /** 0 to 1: how much people take to it. */
  appeal: number;
}
export interface Mark { id: string; post: PlannedPost; by: Member; at: Date }
export interface PlannedComment { id: string; post: PlannedPost; by: Member; at: Date; content: string; parent: PlannedComment | null; likedBy: Member[] }

export interface Plan {
  members: Member[];
  follows: Follow[];
  posts: PlannedPost[];
  likes: Mark[];
  saves: Mark[];
  comments: PlannedComment[];
}

export const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** Who may see a person's posts: everybody, or of a private account its accepted followers and itself. */
export function audienceOf(follows: readonly Follow[]): (author: Member, viewer: Member) => boolean {
  const accepted = new Set(follows.filter((f) => f.state === "active").map((f) => `${f.follower.id} ${f.followee.id}`));
  return (author, viewer) => !author.isPrivate || author === viewer || accepted.has(`${viewer.id} ${author.id}`);
}
