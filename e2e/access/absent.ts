import { type APIRequestContext, expect } from "@playwright/test";
import { ask, type Row, readBy, type World } from "./row";
import { rows } from "./rows";

/** What a post is, and what was said below it. */
const OF_A_POST: (keyof World)[] = ["post", "commentId", "hiddenId", "doomedHiddenId", "deletedId", "doomedCommentId", "pendingId"];

/** The rows that take the post, or a comment on it, and need nothing else that this world does not have. */
export const rowsOfPost = (has: (key: keyof World) => boolean = () => true): Row[] =>
  rows.filter((row) => {
    const read = readBy(row);
    return OF_A_POST.some((key) => read.has(key)) && [...read].every(has);
  });

/** What people made of themselves on a post, or took of it, they may always take away, whatever became of it; each of these has a test of its own. */
const ONES_OWN = new Set(["unsave", "take away a tag that nobody made", "leave what one is no author of"]);
export const isOnesOwn = (name: string): boolean => ONES_OWN.has(name);

/** The same world in which there never was the post. */
export function without<W extends Partial<World> & Pick<World, "post">>(world: W): W {
  const [id, shortcode] = ["1", "B"];
  const gone = { ...world, post: { ...world.post, id, shortcode, url: world.post.url.replace(world.post.shortcode, shortcode), media: world.post.media.map((item) => ({ ...item, id })) } };
  return { ...gone, ...Object.fromEntries(OF_A_POST.filter((key) => key !== "post" && key in world).map((key) => [key, id])) };
}

/** What is answered, but for what is new in each answer. */
async function answerOf(caller: APIRequestContext, row: Row, world: World) {
  const answer = await ask(caller, row, world);
  return { status: answer.status(), body: (await answer.text()).replace(/"request_id":"[^"]*"/, "") };
}

const callersOf = (group: Record<string, APIRequestContext | undefined>) => Object.entries(group).filter((entry): entry is [string, APIRequestContext] => entry[1] !== undefined);

/** To none of these people, whatever they ask for or do, the post is there: all is as if it never had been. Pages, which have the address in them, are not found. */
export async function expectAbsent(callers: Record<string, APIRequestContext>, world: World, wanted: readonly Row[]): Promise<void> {
  const nowhere = without(world);
  const { signedOut, ...members } = callers;
  for (const row of wanted) {
    const isPage = !row.path(world).startsWith("/api/");
    await Promise.all([members, { signedOut }].map(async (group) => {
      const [[, first] = [], ...others] = callersOf(group);
      if (!first) return;
      const [never, ...answers] = await Promise.all([isPage ? null : answerOf(first, row, nowhere), answerOf(first, row, world), ...others.map(([, caller]) => answerOf(caller, row, world))]);
      for (const [at, [who, caller]] of callersOf(group).entries()) {
        const { status, body } = answers[at]!;
        // Some are answered in other words for another reason, each of them always so.
        const expected = isPage ? 404 : body === never!.body ? never : await answerOf(caller, row, nowhere);
        expect.soft(isPage ? status : answers[at], `${who}: ${row.name}`).toEqual(expected);
        expect.soft(body, `${who} must not read it: ${row.name}`).not.toContain(world.marker);
      }
    }));
  }
}

/** To who sees the post each row says what it says of them, one after the other. `statusOf`: undefined for what is not asked. */
export async function expectAnswers(who: string, caller: APIRequestContext, world: World, wanted: readonly Row[], statusOf: (row: Row) => number | undefined): Promise<void> {
  for (const row of wanted) {
    const status = statusOf(row);
    if (status === undefined) continue;
    const answer = await ask(caller, row, world);
    expect.soft(answer.status(), `${who}: ${row.name}\n${(await answer.text()).slice(0, 300)}`).toBe(status);
  }
}
