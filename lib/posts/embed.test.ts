import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { toShortcode } from "@/lib/platform/ids";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { getEmbeddable, getOEmbed, getSharing } from "./embed";
import { embedPage } from "./embed-page";
import { getVisiblePost } from "./queries";
import { postUrl } from "./views";

describe("a post on other sites", () => {
  it("is a page without scripts, in which nothing that people wrote is code", async () => {
    const author = await makeUser({ fullName: `<b onclick="x">Ada & "Co"</b>` });
    const post = await makePost(author, { caption: `</p><script>alert(1)</script> & 'more' ${"long ".repeat(80)}`, photos: 3 });
    const page = embedPage(await getEmbeddable(toShortcode(post)));
    expect(page).not.toMatch(/<script|<b onclick|"Co"/);
    expect(page).toContain("&#60;script&#62;");
    expect(page.match(/<img src=/g)).toHaveLength(3);
    expect(page).toContain(`href="${postUrl(post)}"`);
  });

  it("is described by oEmbed within the size asked for", async () => {
    const author = await makeUser({ fullName: "Ada" });
    const post = await makePost(author);
    const view = await getOEmbed(postUrl(post));
    expect(view).toMatchObject({ version: "1.0", type: "rich", author_name: "Ada", width: 440 });
    expect(view.html).toContain(`src="${postUrl(post)}/embed"`);
    expect(view.thumbnail_url).toMatch(/^http/);
    expect(await getOEmbed(`${postUrl(post)}/embed`, { width: 300, height: 200 })).toMatchObject({ width: 300, height: 200 });
    expect(await getOEmbed(postUrl(post), { width: 5_000 })).toMatchObject({ width: 640 });
    for (const url of ["", "x", "https://elsewhere.example/p/abc", `${postUrl(post)}/other`, postUrl(post).replace("/p/", "/q/")]) await expect(getOEmbed(url)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is not there unless everybody may see it and its author is not hidden from other sites", async () => {
    const author = await makeUser();
    const friend = await makeUser();
    await makeFollow(friend, author);
    const post = await makePost(author);
    const isThere = () => getOEmbed(postUrl(post)).then(() => true, (error: { code: string }) => error.code !== "not_found");
    expect([await isThere(), (await getSharing(friend, post)).embed_html !== null]).toEqual([true, true]);
    const changes = [
      [sql`update posts set audience = 'followers' where id = ${post}::bigint`, sql`update posts set audience = 'everyone' where id = ${post}::bigint`],
      [sql`update users set is_private = true where id = ${author.id}::bigint`, sql`update users set is_private = false where id = ${author.id}::bigint`],
      [sql`insert into privacy_settings (user_id, is_indexed) values (${author.id}::bigint, false)`, sql`delete from privacy_settings where user_id = ${author.id}::bigint`],
      [sql`update posts set status = 'held' where id = ${post}::bigint`, sql`update posts set status = 'published' where id = ${post}::bigint`],
      [sql`update posts set is_sensitive = true where id = ${post}::bigint`, sql`update posts set is_sensitive = false where id = ${post}::bigint`],
      [sql`update posts set audience = 'circles' where id = ${post}::bigint`, sql`update posts set audience = 'everyone' where id = ${post}::bigint`],
      [sql`update posts set archived_at = now() where id = ${post}::bigint`, sql`update posts set archived_at = null where id = ${post}::bigint`],
    ] as const;
    for (const [hide, show] of changes) {
      await db().execute(hide);
      expect(await isThere()).toBe(false);
      expect((await getVisiblePost(author, post)).can_embed).toBe(false);
      expect((await getSharing(author, post)).embed_html).toBeNull();
      await db().execute(show);
      expect(await isThere()).toBe(true);
    }
    // What others do not see is not there to be shared either.
    const ends = [
      [sql`update posts set deleted_at = now() where id = ${post}::bigint`, sql`update posts set deleted_at = null where id = ${post}::bigint`],
      ...["deactivated_at", "deleted_at", "suspended_at"].map((hidden) => [sql`update users set ${sql.raw(hidden)} = now() where id = ${author.id}::bigint`, sql`update users set ${sql.raw(hidden)} = null where id = ${author.id}::bigint`] as const),
    ] as const;
    for (const [end, undo] of ends) {
      await db().execute(end);
      expect(await isThere()).toBe(false);
      await expect(getEmbeddable(toShortcode(post))).rejects.toMatchObject({ code: "not_found" });
      await expect(getSharing(friend, post)).rejects.toMatchObject({ code: "not_found" });
      await db().execute(undo);
      expect(await isThere()).toBe(true);
    }
  });

  it("has a QR code, for those who may see it", async () => {
    const author = await makeUser({ isPrivate: true });
    const post = await makePost(author);
    expect(await getSharing(author, post)).toMatchObject({ url: postUrl(post), qr_svg: expect.stringMatching(/^<svg[^]*<\/svg>$/) });
    await expect(getSharing(null, post)).rejects.toMatchObject({ code: "not_found" });
  });
});
