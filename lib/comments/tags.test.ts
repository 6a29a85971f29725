import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listTagPosts } from "@/lib/posts/collections";
import { jobs } from "@/lib/posts/jobs";
import { editPostSchema } from "@/lib/posts/schemas";
import { acceptCollaboration, editPost, leaveCollaboration } from "@/lib/posts/service";
import { indexComment, indexPost } from "@/lib/posts/tagging";
import { extractText, MAX_HASHTAGS } from "@/lib/posts/text";
import { say, useComments } from "@/lib/testing/comments";
import { makePost, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { eraseComments } from "./erase";
import { setCommentHidden } from "./moderate";
import { addComment, deleteComment, editComment, restoreComment } from "./service";

useComments();
beforeAll(() => installJobs(jobs));
beforeEach(forgetLimits);

const ALL = { limit: 50, cursor: null };
const edit = (author: Viewer, id: string, change: object) => editPost(author, id, editPostSchema.parse(change));

/** The tags under which a post is found, once the jobs are done. */
async function tagsOf(post: string): Promise<string[]> {
  await drainJobs(jobs);
  const broken = (await checkInvariants()).filter((finding) => !finding.ok && finding.name.includes("tag"));
  expect(broken).toEqual([]);
  return [...(await db().execute<{ name: string }>(sql`select t.name from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = ${post}::bigint order by t.name`))].map(({ name }) => name);
}

describe("tags in comments", () => {
  it("make a post findable where its author says them, and in nobody else's comment", async () => {
    const [author, other] = [await makeUser(), await makeUser()];
    const post = await makePost(author, { caption: "Low tide" });
    await addComment(author, post, say("At the #Harbour"), null);
    await addComment(other, post, say("Buy #pills"), null);
    expect(await tagsOf(post)).toEqual(["harbour"]);
    expect((await listTagPosts(null, "harbour", ALL)).items.map(({ id }) => id)).toEqual([post]);
    expect((await listTagPosts(other, "pills", ALL)).items).toEqual([]);
  });

  it("go and come with the comment: edited, deleted, brought back, hidden, and with what it answers", async () => {
    const [author, other] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const own = await addComment(author, post, say("#one #two"), null);
    expect(await tagsOf(post)).toEqual(["one", "two"]);
    await editComment(author, own.id, "#two #three");
    expect(await tagsOf(post)).toEqual(["three", "two"]);
    await editComment(author, own.id, "nothing any more");
    expect(await tagsOf(post)).toEqual([]);
    await editComment(author, own.id, "#three");
    await deleteComment(author, own.id);
    expect(await tagsOf(post)).toEqual([]);
    await restoreComment(author, own.id);
    expect(await tagsOf(post)).toEqual(["three"]);
    const question = await addComment(other, post, say("Where? #nowhere"), null);
    await addComment(author, post, say("#there", question.id), null);
    expect(await tagsOf(post)).toEqual(["there", "three"]);
    await setCommentHidden(author, question.id, true);
    expect(await tagsOf(post)).toEqual(["three"]);
    await setCommentHidden(author, question.id, false);
    await setCommentHidden(author, own.id, true);
    expect(await tagsOf(post)).toEqual(["there"]);
    await deleteComment(other, question.id);
    expect(await tagsOf(post)).toEqual([]);
    await restoreComment(other, question.id);
    expect(await tagsOf(post)).toEqual(["there"]);
  });

  it("are one with those of the caption: removing one keeps the other", async () => {
    const author = await makeUser();
    const post = await makePost(author, { caption: "#boats" });
    await indexPost(post);
    const { id } = await addComment(author, post, say("More #boats"), null);
    await edit(author, post, { caption: "Nothing" });
    expect(await tagsOf(post)).toEqual(["boats"]);
    await edit(author, post, { caption: "#boats" });
    await deleteComment(author, id);
    expect(await tagsOf(post)).toEqual(["boats"]);
    await edit(author, post, { caption: "" });
    expect(await tagsOf(post)).toEqual([]);
  });

  it("are no more than a caption may have, its own first", async () => {
    const author = await makeUser();
    const caption = Array.from({ length: MAX_HASHTAGS - 1 }, (_, i) => `#c${i}`).join(" ");
    const post = await makePost(author, { caption });
    await addComment(author, post, say("#first #second"), null);
    const tags = await tagsOf(post);
    expect(tags).toHaveLength(MAX_HASHTAGS);
    expect(tags).toContain("first");
    expect(tags).not.toContain("second");
    await edit(author, post, { caption: "#c0" });
    expect(await tagsOf(post)).toEqual(["c0", "first", "second"]);
  });

  it("of an accepted author count, too, until they leave or are gone for good", async () => {
    const [author, partner] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const { id } = await addComment(partner, post, say("#ours"), null);
    await edit(author, post, { collaborators: [partner.username] });
    expect(await tagsOf(post)).toEqual([]);
    await acceptCollaboration(partner, post);
    expect(await tagsOf(post)).toEqual(["ours"]);
    await leaveCollaboration(partner, post);
    expect(await tagsOf(post)).toEqual([]);
    await db().execute(sql`update collaborators set state = 'accepted' where post_id = ${post}::bigint`);
    await db().execute(sql`update users set post_count = post_count + 1 where id = ${partner.id}::bigint`);
    await indexComment(id);
    expect(await tagsOf(post)).toEqual(["ours"]);
    await eraseComments(partner.id);
    expect(await tagsOf(post)).toEqual([]);
  });

  it("are what caption and comments say, whatever happened, in any order and at the same time", async () => {
    const words = fc.subarray(["#a", "#b", "#c", "plain"]).map((some) => some.join(" ") || "-");
    const at = fc.nat(5);
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ what: fc.constant("say" as const), words, byAuthor: fc.boolean(), above: fc.option(at) }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constant("edit" as const), words, at }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constantFrom("delete" as const, "restore" as const, "hide" as const, "show" as const), at }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constant("caption" as const), words }) },
    );
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const [author, other] = [await makeUser(), await makeUser()];
      const post = await makePost(author);
      const said: { id: string; by: Viewer }[] = [];
      // What is refused (words of somebody else's, a reply to what is gone) is refused, and that is all.
      const attempt = (work: Promise<unknown>) => work.catch((error: { code?: string }) => expect(["not_found", "forbidden", "invalid"]).toContain(error.code));
      for (const one of steps) {
        const target = "at" in one ? said[one.at] : undefined;
        if (one.what === "say") {
          const by = one.byAuthor ? author : other;
          await attempt(addComment(by, post, say(one.words, one.above === null ? undefined : said[one.above]?.id), null).then(({ id }) => said.push({ id, by })));
        } else if (one.what === "caption") await edit(author, post, { caption: one.words });
        else if (!target) continue;
        else if (one.what === "edit") await attempt(editComment(target.by, target.id, one.words));
        else if (one.what === "delete") await attempt(deleteComment(target.by, target.id));
        else if (one.what === "restore") await attempt(restoreComment(target.by, target.id));
        else await attempt(setCommentHidden(author, target.id, one.what === "hide"));
      }
      const now = await tagsOf(post);
      await Promise.all([indexPost(post), ...said.map(({ id }) => indexComment(id))]);
      const [{ caption }] = await db().execute<{ caption: string }>(sql`select caption from posts where id = ${post}::bigint`) as unknown as [{ caption: string }];
      const open = await db().execute<{ content: string }>(sql`
        select c.content from comments c left join comments above on above.id = c.parent_id where c.post_id = ${post}::bigint and c.user_id = ${author.id}::bigint and c.deleted_at is null and c.state = 'shown'
          and (above.id is null or (above.deleted_at is null and above.state = 'shown'))`);
      const expected = [...new Set([caption, ...[...open].map(({ content }) => content)].flatMap((text) => extractText(text).hashtags))].sort();
      expect(now).toEqual(expected);
      expect(await tagsOf(post)).toEqual(expected);
    }), { numRuns: 20 });
  }, 120_000);
});
