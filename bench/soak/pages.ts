import type { Answer } from "../chaos/client";
import type { Facts } from "./facts";

type Post = Answer["posts"][number];
/** A page as `viewer` got it; `asked` is when. */
export type Got = { viewer: string; where: string; asked: number; posts: readonly Post[] };

const isNewer = (id: string, than: string) => BigInt(id) > BigInt(than);

/** Holds a page of posts to what its viewer may see. */
export function holdPage(facts: Facts, { viewer, where, asked, posts }: Got): void {
  for (const post of posts) {
    const said = `${where} showed ${viewer} the post ${post.id} of ${post.user_id}`;
    if (facts.isGone(post.id).surely(asked)) facts.wrong(`${said}, which was deleted`);
    if (facts.maySee(viewer, post.user_id, asked) === false) facts.wrong(`${said}, whom they may not see`);
    if (post.status === "published") facts.isPublished(post.id).learn(true);
    else if (post.user_id !== viewer) facts.wrong(`${said}, which is ${post.status}`);
  }
}

/** A walk through the feed, page after page. */
export class Walk {
  cursor: string | null = null;
  private last: string | null = null;

  constructor(private readonly facts: Facts, private readonly viewer: string) {}

  /** Holds the next page to the followed, to the order, and to what must not be missing. Each post of the walk has to be older than the one before, so none comes twice. */
  hold(asked: number, { posts, pagination }: Answer): void {
    const { facts, viewer } = this;
    holdPage(facts, { viewer, where: "the feed", asked, posts });
    const above = this.last;
    for (const { id, user_id: author } of posts) {
      if (author !== viewer && facts.follows(viewer, author).surely(asked) === false) facts.wrong(`the feed showed ${viewer} the post ${id} of ${author}, whom they do not follow`);
      if (this.last !== null && !isNewer(this.last, id)) facts.wrong(`the feed of ${viewer} has ${id} after ${this.last}`);
      this.last = id;
    }
    this.cursor = pagination.next_cursor;
    const below = this.cursor === null ? null : this.last;
    const got = new Set(posts.map(({ id }) => id));
    for (const [id, author] of facts.posts) {
      const isOnPage = (above === null || isNewer(above, id)) && (below === null || isNewer(id, below));
      if (isOnPage && !got.has(id) && this.isOwed(id, author, asked)) facts.wrong(`the feed of ${viewer} lacks ${id} of ${author}`);
    }
  }

  /** What has to be there a second after one's own doing: one's own posts, and what those whom one began to follow had published by then. What they publish later comes by jobs. */
  private isOwed(id: string, author: string, asked: number): boolean {
    const { facts, viewer } = this;
    if (facts.isGone(id).surely(asked) !== false) return false;
    if (author === viewer) return facts.isAccepted(id).surely(asked) === true;
    const follow = facts.follows(viewer, author);
    return facts.maySee(viewer, author, asked) === true && follow.surely(asked) === true && facts.isPublished(id).surely(asked) === true && facts.isPublished(id).at < follow.begunAt;
  }
}
