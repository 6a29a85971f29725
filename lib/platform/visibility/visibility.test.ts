import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { makeBlock, makeCircle, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { A_FOLLOWER, accountVisible, contentVisible, isAccountVisible, isContentVisible, isPostVisible, type PostFacts, type PostRelation, postVisible, type Relation } from "./visibility";

type Person = { isPrivate: boolean; gone: "deleted" | "deactivated" | "suspended" | null };
type Edge = { from: number; to: number; kind: "active" | "requested" | "block" };
/** `circles`: places in the list of circles; those of others than its author count for nothing. */
type Post = PostFacts & { author: number; circles: number[] };
type Circle = { owner: number; members: number[] };
type World = { people: Person[]; edges: Edge[]; circles: Circle[]; posts: Post[] };

const PEOPLE = 5;
const CIRCLES = 5;
const index = fc.nat({ max: PEOPLE - 1 });
const world: fc.Arbitrary<World> = fc.record({
  people: fc.array(fc.record({ isPrivate: fc.boolean(), gone: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.constantFrom("deleted" as const, "deactivated" as const, "suspended" as const)) }), { minLength: PEOPLE, maxLength: PEOPLE }),
  edges: fc.uniqueArray(fc.record({ from: index, to: index, kind: fc.constantFrom("active" as const, "active" as const, "requested" as const, "block" as const) }).filter((e) => e.from !== e.to), {
    maxLength: 14, selector: (e) => `${e.kind === "block" ? "b" : "f"}${e.from}-${e.to}`,
  }),
  circles: fc.array(fc.record({ owner: index, members: fc.uniqueArray(index, { maxLength: 3 }) }), { minLength: CIRCLES, maxLength: CIRCLES }),
  posts: fc.array(
    fc.record({
      author: index, circles: fc.uniqueArray(fc.nat({ max: CIRCLES - 1 }), { maxLength: 3 }), status: fc.constantFrom("published" as const, "published" as const, "processing" as const, "failed" as const, "held" as const, "scheduled" as const),
      audience: fc.constantFrom("everyone" as const, "followers" as const, "circles" as const), isArchived: fc.boolean(), isDeleted: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
});

async function build({ people, edges, circles, posts }: World) {
  const users: { id: string }[] = [];
  for (const person of people) {
    const user = await makeUser({ isPrivate: person.isPrivate });
    if (person.gone) await db().execute(sql`update users set ${sql.raw(`${person.gone}_at`)} = now() where id = ${user.id}::bigint`);
    users.push(user);
  }
  for (const { from, to, kind } of edges) await (kind === "block" ? makeBlock(users[from]!, users[to]!) : makeFollow(users[from]!, users[to]!, kind));
  const circleIds: string[] = [];
  for (const { owner, members } of circles) circleIds.push(await makeCircle(users[owner]!, members.filter((member) => member !== owner).map((member) => users[member]!)));
  const postIds = [];
  for (const post of posts) {
    const own = post.circles.filter((at) => circles[at]!.owner === post.author).map((at) => circleIds[at]!);
    const id = await makePost(users[post.author]!, { status: post.status, audience: post.audience, circles: own });
    await db().execute(sql`update posts set archived_at = ${post.isArchived ? sql`now()` : null}, deleted_at = ${post.isDeleted ? sql`now()` : null} where id = ${id}::bigint`);
    postIds.push(id);
  }
  return { userIds: users.map((user) => user.id), postIds };
}

function relationOf({ edges }: World, viewer: number | null, other: number): Relation {
  const has = (from: number, to: number, kind: Edge["kind"]) => edges.some((e) => e.from === from && e.to === to && e.kind === kind);
  if (viewer === null) return { isSelf: false, follows: false, blocksEither: false };
  return { isSelf: viewer === other, follows: has(viewer, other, "active"), blocksEither: has(viewer, other, "block") || has(other, viewer, "block") };
}

function postRelationOf(made: World, viewer: number | null, post: Post): PostRelation {
  const inCircle = viewer !== null && post.circles.some((at) => made.circles[at]!.owner === post.author && made.circles[at]!.members.includes(viewer));
  return { ...relationOf(made, viewer, post.author), inCircle };
}

/** Everybody as they are, somebody signed out, and the follower that exists only to look as one. */
const onlookers = ({ people }: World) => [null, A_FOLLOWER, ...people.keys()] as const;
const FOLLOWER: PostRelation = { isSelf: false, follows: true, blocksEither: false, inCircle: false };

const among = (ids: string[]) => sql`in (${sql.join([...ids, "0"].map((id) => sql`${id}::bigint`), sql`, `)})`;

describe("who may see what", () => {
  it("is the same in SQL and as predicate, for everybody in any web of people", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(world, async (made) => {
        const { userIds, postIds } = await build(made);
        for (const viewer of onlookers(made)) {
          const viewerId = typeof viewer === "number" ? userIds[viewer]! : viewer;
          const relationTo = (i: number) => (viewer === A_FOLLOWER ? FOLLOWER : relationOf(made, viewer, i));
          const accounts = await db().execute<{ id: string }>(sql`select id from users u where id ${among(userIds)} and ${accountVisible(viewerId)}`);
          const contents = await db().execute<{ id: string }>(sql`select id from users u where id ${among(userIds)} and ${contentVisible(viewerId)}`);
          const posts = await db().execute<{ id: string }>(sql`select p.id from posts p join users u on u.id = p.author_id where p.id ${among(postIds)} and ${postVisible(viewerId)}`);
          const facts = (i: number) => ({ isPrivate: made.people[i]!.isPrivate, isGone: made.people[i]!.gone !== null });
          const expected = {
            accounts: userIds.filter((_, i) => isAccountVisible(facts(i), relationTo(i))),
            contents: userIds.filter((_, i) => isContentVisible(facts(i), relationTo(i))),
            posts: postIds.filter((_, i) => isPostVisible(made.posts[i]!, facts(made.posts[i]!.author), viewer === A_FOLLOWER ? FOLLOWER : postRelationOf(made, viewer, made.posts[i]!))),
          };
          const ids = (rows: Iterable<{ id: string }>) => [...rows].map((row) => row.id).sort();
          expect({ viewer, accounts: ids(accounts), contents: ids(contents), posts: ids(posts) }).toEqual({
            viewer, accounts: expected.accounts.sort(), contents: expected.contents.sort(), posts: expected.posts.sort(),
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("the plain cases", () => {
  const open = { isPrivate: false, isGone: false };
  const closed = { isPrivate: true, isGone: false };
  const nobody: PostRelation = { isSelf: false, follows: false, blocksEither: false, inCircle: false };
  const published: PostFacts = { status: "published", audience: "everyone", isArchived: false, isDeleted: false };

  it.each([
    ["a stranger sees a public post", published, open, nobody, true],
    ["a stranger sees no private one", published, closed, nobody, false],
    ["a follower sees a private one", published, closed, { ...nobody, follows: true }, true],
    ["a follower who is blocked sees none", published, open, { ...nobody, follows: true, blocksEither: true }, false],
    ["nobody else sees a held one", { ...published, status: "held" as const }, open, { ...nobody, follows: true }, false],
    ["its author sees a held one", { ...published, status: "held" as const }, closed, { ...nobody, isSelf: true }, true],
    ["its author sees no deleted one", { ...published, isDeleted: true }, open, { ...nobody, isSelf: true }, false],
    ["a stranger sees none for followers", { ...published, audience: "followers" as const }, open, nobody, false],
    ["a follower sees none for circles", { ...published, audience: "circles" as const }, open, { ...nobody, follows: true }, false],
    ["who is in the circle does", { ...published, audience: "circles" as const }, open, { ...nobody, inCircle: true }, true],
    ["but not of a private account that they don't follow", { ...published, audience: "circles" as const }, closed, { ...nobody, inCircle: true }, false],
    ["nor across a block", { ...published, audience: "circles" as const }, open, { ...nobody, inCircle: true, blocksEither: true }, false],
    ["being in a circle is no help where only followers are meant", { ...published, audience: "followers" as const }, open, { ...nobody, inCircle: true }, false],
    ["nobody sees a deleted account's", published, { ...open, isGone: true }, { ...nobody, follows: true }, false],
  ])("%s", (_, post, account, relation, seen) => {
    expect(isPostVisible(post, account, relation)).toBe(seen);
  });
});
