import { describe, expect, it } from "vitest";
import type { PostView } from "@/lib/posts/types";
import { changesOf, draftOf, type PostEditDraft, rebase } from "./post-edit";

const at = (username: string) => ({ username, full_name: "", x: 0.5, y: 0.5 });
const media = (id: string, ...names: string[]) => ({ id, type: "image", alt: "", urls: {}, width: 4, height: 5, tags: names.map(at) });
const postOf = (items: object[], collaborators: string[] = []) => ({ caption: "Sun", location: null, collaborators: collaborators.map((username) => ({ username })), media: items }) as unknown as PostView;
const item = (draft: PostEditDraft, index: number, part: object): PostEditDraft => ({ ...draft, items: draft.items.map((one, i) => (i === index ? { ...one, ...part } : one)) });

describe("what an edited post tells the server", () => {
  it("names people only where they changed, also on another photo", () => {
    const post = postOf([media("1", "bob"), media("2", "cy")]);
    expect(changesOf(draftOf(post), post)).toBeNull();
    expect(changesOf(item(draftOf(post), 0, { alt: "A dog" }), post)).toEqual({ media: [{ id: "1", alt: "A dog" }, { id: "2", alt: "" }] });
    expect(changesOf(item(draftOf(post), 1, { tags: [] }), post)).toEqual({ media: [{ id: "1", alt: "" }, { id: "2", alt: "", tags: [] }] });
    const replacement = { state: "done", mediaId: "9", preview: null, type: "image" };
    expect(changesOf(item(draftOf(post), 0, { replacement }), post)).toEqual({ media: [{ id: "9", replaces: "1", alt: "" }, { id: "2", alt: "" }] });
  });
});

describe("what was typed while the post changed elsewhere", () => {
  it("does not bring back who took themselves off, and says who that was", () => {
    const [was, now] = [postOf([media("1", "bob", "cy")], ["di", "ed"]), postOf([media("1", "cy")], ["ed"])];
    const { x, y } = at("fay");
    const changed = item({ ...draftOf(was), collaborators: ["di", "ed", "gus"] }, 0, { tags: [...draftOf(was).items[0]!.tags, { username: "fay", x, y }] });
    const draft = rebase(changed, was, now);
    expect([draft.items[0]!.tags.map(({ username }) => username), draft.collaborators, draft.gone]).toEqual([["cy", "fay"], ["ed", "gus"], ["bob", "di"]]);
    expect(changesOf(draft, now)).toMatchObject({ collaborators: ["ed", "gus"], media: [{ id: "1", tags: [{ username: "cy" }, { username: "fay" }] }] });
  });

  it("takes over whom others put there when only the words changed", () => {
    const [was, now] = [postOf([media("1", "bob")]), postOf([media("1", "cy")], ["di"])];
    const draft = rebase({ ...draftOf(was), caption: "Rain" }, was, now);
    expect(changesOf(draft, now)).toEqual({ caption: "Rain" });
    expect(draft.gone).toEqual(["bob"]);
  });
});
