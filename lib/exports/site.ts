import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import type { ItemOf } from "./format";
import { escapeHtml } from "@/lib/platform/html";
import { lines, outward, PAGE_END, PAGES, pageTop, STYLE, time } from "./html";
import type { PackedPost } from "./posts";
import { SHOWN, type ShownKind } from "./site-lines";
import { postHtml } from "./site-posts";
import { TextFile } from "./text-file";
import { many, readableMonth } from "./words";

type Profile = ItemOf<"profile">;
type Month = { of: string; posts: number; thumbs: string[] };

const TITLES = new Map<string, string>(PAGES);
const THUMBS = 3;

/** The pages of a copy, written while its items go by: plain HTML that works from a folder, without a server and without scripts. */
export class Site {
  readonly #months: Month[] = [];
  readonly #pages = new Map<string, TextFile>();

  constructor(
    readonly dir: string,
    readonly profile: Profile,
  ) {}

  async addPost(post: PackedPost["post"]): Promise<void> {
    const of = post.created_at.slice(0, 7);
    let month = this.#months.find((one) => one.of === of);
    if (!month) this.#months.push((month = { of, posts: 0, thumbs: [] }));
    const title = readableMonth(of);
    const page = await this.#page(`posts-${of}.html`, () => pageTop(title, this.profile.username, { root: "../" }));
    await page.write(postHtml(post));
    month.posts += 1;
    for (const { picture, is_earlier } of post.media) if (picture && !is_earlier && month.thumbs.length < THUMBS) month.thumbs.push(picture);
  }

  /** Lets items pass, and shows them on the page that they belong to. */
  async *watch<K extends ShownKind>(kind: K, items: AsyncIterable<ItemOf<K>>): AsyncGenerator<ItemOf<K>> {
    const { page: name, title, line } = SHOWN[kind];
    const page = await this.#page(name, () => pageTop(TITLES.get(name)!, this.profile.username, { current: name }));
    await page.write(`<h2>${title}</h2>\n<ul class="list">\n`);
    let some = false;
    for await (const item of items) {
      await page.write(`<li>${line(item)}</li>\n`);
      some = true;
      yield item;
    }
    await page.write(`</ul>\n${some ? "" : '<p class="small">Nothing.</p>\n'}`);
  }

  /** All pages, with their names in the ZIP. */
  async finish(): Promise<{ path: string; name: string }[]> {
    await (await this.#page("account.html", () => pageTop("Account", this.profile.username, { current: "account.html" }))).write(this.#account());
    await (await this.#page("index.html", () => pageTop(this.profile.full_name || this.profile.username, this.profile.username, { current: "index.html" }))).write(this.#index());
    const made = [];
    for (const [name, page] of this.#pages) {
      await page.write(PAGE_END);
      made.push({ path: await page.close(), name: name.replace(/^posts-/, "posts/") });
    }
    await writeFile(join(this.dir, "style.css"), STYLE);
    return [...made, { path: join(this.dir, "style.css"), name: "style.css" }];
  }

  async #page(name: string, top: () => string): Promise<TextFile> {
    const known = this.#pages.get(name);
    if (known) return known;
    const made = await TextFile.open(join(this.dir, name));
    this.#pages.set(name, made);
    await made.write(top());
    return made;
  }

  #index(): string {
    const { username, bio, website, links, avatar, follower_count, following_count, pronouns } = this.profile;
    const months = this.#months.toSorted((a, b) => b.of.localeCompare(a.of)).map(({ of, posts, thumbs }) => `<li><a href="posts/${of}.html"><strong>${readableMonth(of)}</strong><span class="small">${many(posts, "post")}</span>${
      thumbs.length > 0 ? `<span class="thumbs">${thumbs.map((file) => `<img src="${file}" alt="" loading="lazy">`).join("")}</span>` : ""}</a></li>`);
    return `<div class="who">${avatar ? `<img src="${avatar}" alt="">` : ""}<div><p><strong>@${escapeHtml(username)}</strong>${pronouns ? ` <span class="small">${escapeHtml(pronouns)}</span>` : ""}</p>
<p class="small">${many(follower_count, "follower")} · ${many(following_count, "person", "people")} followed</p></div></div>
${bio ? `<p>${lines(bio)}</p>` : ""}
<p>${[...(website ? [outward(website)] : []), ...links.map(({ title, url }) => outward(url, title))].join(" · ")}</p>
<h2>Posts by month</h2>
${months.length > 0 ? `<ul class="months">\n${months.join("\n")}\n</ul>` : '<p class="small">You have not posted anything.</p>'}
<p class="small">Everything stands in the folder <code>data</code>, too, for programs to read.</p>
`;
  }

  #account(): string {
    const { username, full_name, email, is_private, two_factor_at, created_at, settings } = this.profile;
    const facts: [string, string][] = [
      ["Username", `@${escapeHtml(username)}`], ["Name", escapeHtml(full_name)], ["E-mail address", escapeHtml(email)], ["Since", time(created_at)], ["Account", is_private ? "Private" : "Public"], ["Two-step sign-in", two_factor_at ? `Since ${time(two_factor_at)}` : "Off"],
      ...Object.entries({ ...settings.privacy, ...settings.feed }).map(([name, value]): [string, string] => [escapeHtml(name.replaceAll("_", " ")), escapeHtml(String(value))]),
      ...settings.notifications.map(({ topic, ...ways }): [string, string] => [`Notifications: ${escapeHtml(String(topic))}`, escapeHtml(Object.entries(ways).map(([name, on]) => `${name.replaceAll("_", " ")}: ${on ? "yes" : "no"}`).join(", "))]),
    ];
    return `<h2>Settings</h2>\n<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("\n")}</dl>\n`;
  }
}
