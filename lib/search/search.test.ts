import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { ensurePlace } from "@/lib/posts/places";
import { indexPost } from "@/lib/posts/tagging";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { searchPeople, searchPlaces, searchTags, suggest } from "./queries";
import { search } from "./search";
import { searchTerm } from "./text";

const all = { limit: 50, cursor: null };
const names = async (viewer: Viewer | null, q: string) => (await searchPeople(viewer, q, all)).items.map((user) => user.username);

describe("finding people", () => {
  let reader: Viewer;
  let people: Record<string, Viewer>;

  beforeAll(async () => {
    reader = await makeUser({ username: "reader" });
    people = {};
    for (const [username, fullName] of [["lumen", "Plain"], ["lumen.art", "Ada Byron"], ["lumen_two", "Two"], ["old_lumen", "Old"], ["byron", "Zed"], ["quiet", "Lúmen Söderström"], ["under_score", "Percent 100%"], ["moonphotographer", "Selene"]] as const) {
      people[username] = await makeUser({ username, fullName });
    }
    await db().execute(sql`update users set follower_count = 500 where username_key = 'lumen_two'`);
  });

  it("puts the very name first, then what begins so, then what has it", async () => {
    expect(await names(reader, "lumen")).toEqual(["lumen", "lumen_two", "lumen.art", "old_lumen"]);
    expect(await names(reader, "@LUMEN")).toEqual(["lumen", "lumen_two", "lumen.art", "old_lumen"]);
    expect(await names(reader, "byron")).toEqual(["byron", "lumen.art"]);
    expect(await names(null, "sÖder")).toEqual(["quiet"]);
    expect(await names(null, "lu")).toEqual(["lumen_two", "lumen", "lumen.art"]);
  });

  it("puts those whom the viewer follows before the popular", async () => {
    const follower = await makeUser();
    await makeFollow(follower, people["lumen.art"]!);
    const found = (await searchPeople(follower, "lumen", all)).items;
    expect(found.map((user) => user.username)).toEqual(["lumen", "lumen.art", "lumen_two", "old_lumen"]);
    expect(found.map((user) => user.viewer?.following)).toEqual([false, true, false, false]);
  });

  it("forgives typing errors", async () => {
    expect(await names(reader, "moonfotographer")).toEqual(["moonphotographer"]);
    expect(await names(reader, "söderstrm")).toEqual(["quiet"]);
  });

  it("takes signs literally and finds nothing for nothing", async () => {
    expect(await names(reader, "under_")).toEqual(["under_score"]);
    expect(await names(reader, "under%score")).not.toContain("lumen");
    expect(await names(reader, "100%")).toEqual(["under_score"]);
    for (const q of ["", "   ", "@", "#", "\\", "%%%%", "''; drop table users"]) expect(await names(reader, q)).toEqual([]);
  });

  it("does not know the blocked, the suspended and the gone, on either side", async () => {
    const [ada, eve, gone] = [await makeUser({ username: "hidden_ada" }), await makeUser({ username: "hidden_eve" }), await makeUser({ username: "hidden_gone" })];
    await makeBlock(ada, eve);
    await db().execute(sql`update users set suspended_at = now() where id = ${gone.id}::bigint`);
    expect(await names(ada, "hidden")).toEqual(["hidden_ada"]);
    expect(await names(eve, "hidden")).toEqual(["hidden_eve"]);
    expect((await names(null, "hidden")).sort()).toEqual(["hidden_ada", "hidden_eve"]);
  });

  it("guesses the same whether what was typed is nobody's name or that of somebody hidden", async () => {
    const [me, enemy] = [await makeUser(), await makeUser({ username: "winterharbourz" })];
    await makeUser({ username: "winterharbours" });
    await makeBlock(enemy, me);
    const gone = await makeUser({ username: "winterharbourx" });
    await db().execute(sql`update users set deactivated_at = now() where id = ${gone.id}::bigint`);
    for (const q of ["winterharbourq", "winterharbourz", "winterharbourx"]) expect([q, await names(me, q)]).toEqual([q, ["winterharbours"]]);
    for (const cursor of [enemy.id, gone.id]) expect((await searchPeople(me, "winterharbou", { limit: 5, cursor })).items).toEqual([]);
  });

  it("pages through everybody once", async () => {
    for (let i = 0; i < 23; i++) await makeUser({ username: `crowd${i}` });
    const seen: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const slice: Awaited<ReturnType<typeof searchPeople>> = await searchPeople(reader, "crowd", { limit: 5, cursor });
      seen.push(...slice.items.map((user) => user.username));
      if ((cursor = slice.nextCursor) === null) break;
    }
    expect(new Set(seen).size).toBe(23);
    expect(seen).toHaveLength(23);
    expect((await searchPeople(reader, "crowd", { limit: 5, cursor: "12345" })).items).toEqual([]);
  });
});

describe("finding tags and places", () => {
  it("lists tags that begin so by use, then those that have it inside, and none of private accounts", async () => {
    const [ada, shy] = [await makeUser(), await makeUser({ isPrivate: true })];
    for (const caption of ["#harbour #harbours", "#harbour", "#myharbour", "#Hafen"]) await indexPost(await makePost(ada, { caption }));
    await indexPost(await makePost(shy, { caption: "#harboursecret" }));
    const found = async (q: string) => (await searchTags(null, q, all)).items.map((tag) => [tag.name, tag.post_count]);
    expect(await found("#HARB")).toEqual([["harbour", 2], ["harbours", 1], ["myharbour", 1]]);
    expect((await found("ha")).map(([name]) => name)).toEqual(["harbour", "harbours", "hafen"]);
    expect(await found("secret")).toEqual([]);
    expect((await searchTags(null, "harb", { limit: 1, cursor: null })).nextCursor).not.toBeNull();
    expect((await suggest(ada, { kind: "tag", q: "harbour" })).tags?.[0]?.name).toBe("harbour");
    expect((await suggest(ada, { kind: "user", q: ada.username })).users?.[0]?.id).toBe(ada.id);
  });

  it("lists places at which the viewer may see a post", async () => {
    const [ada, shy, friend] = [await makeUser(), await makeUser({ isPrivate: true }), await makeUser()];
    await makeFollow(friend, shy);
    const at = async (author: Viewer, name: string) => {
      const place = await ensurePlace(db(), { name, latitude: null, longitude: null });
      const post = await makePost(author);
      await db().execute(sql`update posts set place_id = ${place}::bigint where id = ${post}::bigint`);
    };
    await at(ada, "Porto Harbour");
    await at(ada, "Harbourfront");
    await at(shy, "Harbour hideout");
    const found = async (viewer: Viewer | null) => (await searchPlaces(viewer, "harbour", all)).items.map((place) => place.name);
    expect(await found(null)).toEqual(["Harbourfront", "Porto Harbour"]);
    expect(await found(friend)).toEqual(["Harbourfront", "Harbour hideout", "Porto Harbour"]);
  });

  it("answers with the best of each kind when none is named", async () => {
    const answer = await search(null, "harbour", undefined, { limit: 2, cursor: null });
    expect(Object.keys(answer).sort()).toEqual(["pagination", "places", "tags", "users"]);
    expect(answer.pagination.next_cursor).toBeNull();
  });
});

it("reads what was typed", () => {
  expect(searchTerm(" @Ada  Lovelace ")).toMatchObject({ text: "ada lovelace", prefix: "ada lovelace%", isLong: true });
  expect(searchTerm("50%_\\")).toMatchObject({ prefix: "50\\%\\_\\\\%" });
  expect(searchTerm("日")).toMatchObject({ isLong: false });
});
