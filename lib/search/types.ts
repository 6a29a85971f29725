/** A hashtag with the number of public posts that bear it. */
export type TagView = { id: string; name: string; post_count: number };
