import { collections } from "./rows/collections";
import { comments } from "./rows/comments";
import { direct } from "./rows/direct";
import { lists } from "./rows/lists";
import { media } from "./rows/media";
import { own } from "./rows/own";
import { pages } from "./rows/pages";
import { people } from "./rows/people";
import { posts } from "./rows/posts";
import type { Row } from "./row";

/** Who may see and do what, on every page and endpoint. A new one adds its row here; lib/openapi/access.test.ts sees to that. */
export const rows: Row[] = [...posts, ...comments, ...media, ...people, ...collections, ...own, ...direct, ...pages];
export { lists };

/** Without a row, with the reason. */
export const EXEMPT: { address: RegExp; why: string }[] = [
  { address: /^\/api\/auth\//, why: "Whoever signs in has no standing yet." },
  { address: /^\/(login|signup|forgot|reset|verify|not-me)(\/|$)/, why: "The pages of the same." },
  { address: /^\/unsubscribe(\/|$)/, why: "Whoever holds the mail, by its signed link." },
  { address: /^\/api\/jobs(\/|$)/, why: "The worker's own doors, signed." },
];
