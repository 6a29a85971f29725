import "server-only";
import { Written } from "@/lib/platform/http/rest";
import type { PostView } from "./types";
import type { PassingView } from "./views";

type Noted = { lasting: string; passing: PassingView };

const holder = globalThis as typeof globalThis & { heliographPostTexts?: WeakMap<PostView, Noted> };
const texts = (holder.heliographPostTexts ??= new WeakMap());

/** Remembers of a view the JSON of its lasting members (without the last brace), so that it need not be written again. */
export function noteText(view: PostView, lasting: string, passing: PassingView): PostView {
  texts.set(view, { lasting, passing });
  return view;
}

function textOf(view: PostView): string {
  const noted = texts.get(view);
  return noted ? `${noted.lasting},${JSON.stringify(noted.passing).slice(1)}` : JSON.stringify(view);
}

/** A page of posts as JSON: `posts`, and beside it the members of `rest`. What lasts of the posts was written before. */
export const writePosts = (posts: readonly PostView[], rest: object): Written => new Written(`{"posts":[${posts.map(textOf).join(",")}],${JSON.stringify(rest).slice(1)}`);
