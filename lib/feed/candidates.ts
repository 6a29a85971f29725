import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { idAt } from "@/lib/platform/ids";
import type { Attachment } from "./affinity";
import { readPool } from "./pool";
import { listFeedIds } from "./queries";
import type { Source } from "./rankers/types";
import { TOP } from "./skeleton";

/** Posts that a reader might be shown, each with whence it came and, by the source, how many followed people stand behind it. */
export type Proposals = Map<string, { source: Source; company: number }>;

/** The newest so many posts of the home feed: as far back as needed, weeks or years. */
const FOLLOWED = 200;
/** Of the dearest followed people older posts too, and what they like and whom they follow. */
const FRIENDS = 16;
const DAY_MS = 86_400_000;
const WEEKS_MS = 21 * DAY_MS;
const EPOCH_MS = 1_735_689_600_000;

type Row = { id: string; source: "followed" | "liked_by_followed" | "friends_of_friends"; company: number };

// One statement, each branch with a limit of its own: what it costs does not grow with the number of people. Likes lie in 16 partitions,
// so each friend costs 16 looks into an index; hence few friends.
const readAround = prepared<Row, "viewer" | "dear" | "near">("candidates around", (arg) => sql`
  with friends as materialized (
    select f.followee_id as id, f.n from (
      select f.followee_id, coalesce(array_position(${arg("dear")}::text::bigint[], f.followee_id), 1000) as n, f.id from (
        (select followee_id, id from follows where follower_id = ${arg("viewer")}::bigint and state = 'active' order by id desc limit ${sql.raw(String(FRIENDS))})
        union (select followee_id, id from follows where follower_id = ${arg("viewer")}::bigint and state = 'active' and followee_id = any (${arg("dear")}::text::bigint[]))) f) f
    where not exists (select 1 from mutes m where m.muter_id = ${arg("viewer")}::bigint and m.muted_id = f.followee_id and m.posts)
    order by f.n, f.id desc limit ${sql.raw(String(FRIENDS))}),
  close as (
    select n.id from friends f cross join lateral (
      select p.id from posts p where p.author_id = f.id and p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.id >= ${arg("near")}::bigint order by p.id desc limit 4) n
    where f.n < 1000),
  liked as (
    select l.post_id as id, count(*)::int as company from friends f cross join lateral (
      select post_id from likes where user_id = f.id order by id desc limit 8) l
    where l.post_id >= ${arg("near")}::bigint group by 1 order by 2 desc, 1 desc limit 50),
  people as (
    select x.followee_id as id, count(*)::int as company from friends f cross join lateral (
      select followee_id from follows where follower_id = f.id and state = 'active' order by id desc limit 30) x
    where x.followee_id <> ${arg("viewer")}::bigint and not exists (select 1 from follows o where o.follower_id = ${arg("viewer")}::bigint and o.followee_id = x.followee_id)
    group by 1 order by 2 desc, 1 limit 20),
  theirs as (
    select n.id, f.company from people f cross join lateral (
      select p.id from posts p where p.author_id = f.id and p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience = 'everyone' and p.id >= ${arg("near")}::bigint
      order by p.id desc limit 2) n)
  select id::text, 'followed' as source, 0 as company from close
  union all select id::text, 'liked_by_followed', company from liked
  union all select id::text, 'friends_of_friends', company from theirs`);

/**
 * A few hundred posts for the reader, before any question of visibility: of the followed (unless only `suggested` ones are wanted), liked by
 * them, by those they follow, and from everybody's pool. What is found by several ways keeps the most personal.
 */
export async function listCandidates(viewer: string, attaching: Promise<Attachment>, suggestedOnly = false): Promise<Proposals> {
  const [own, pool, around] = await Promise.all([suggestedOnly ? [] : listFeedIds(viewer, TOP, FOLLOWED), readPool(), attaching.then((attachment) => listAround(viewer, attachment))]);
  const found: Proposals = new Map();
  const propose = (id: string, source: Source, company = 0) => !found.has(id) && found.set(id, { source, company });
  for (const id of own) propose(id, "followed");
  for (const kind of ["followed", "liked_by_followed", "friends_of_friends"] as const) {
    for (const row of around) if (row.source === kind && !(suggestedOnly && kind === "followed")) propose(row.id, kind, row.company);
  }
  for (const id of pool.small) propose(id, "small_account");
  for (const id of pool.popular) propose(id, "popular");
  return found;
}

function listAround(viewer: string, attachment: Attachment): Promise<Row[]> {
  const near = idAt(new Date(Math.max(EPOCH_MS, Date.now() - WEEKS_MS)));
  return readAround({ viewer, dear: `{${attachment.authors.slice(0, FRIENDS).map((author) => author.authorId).join(",")}}`, near });
}
