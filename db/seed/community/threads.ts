import type { Random } from "../photos/random";
import { ANSWERS, ANYWHERE, ASIDES, COMMENTS, EXPLANATIONS } from "../words/comments";
import { languageOf, type Phrase, textOf } from "../words/language";
import { audienceOf, type Follow, HOUR, type Mark, type Member, MINUTE, type PlannedComment, type PlannedPost } from "./plan";
import { soon } from "./reactions";

/** Comments by those who liked, the author's answers, and what others add. Oldest first. */
export function planThreads(members: readonly Member[], follows: readonly Follow[], likes: readonly Mark[], random: Random, now: Date, id: (at: Date) => string): PlannedComment[] {
  const maySee = audienceOf(follows), comments: PlannedComment[] = [];
  const likers = new Map<PlannedPost, Member[]>();
  for (const like of likes) likers.set(like.post, [...(likers.get(like.post) ?? []), like.by]);
  for (const [post, people] of likers) {
    if (!post.commentsEnabled) continue;
    const said = new Set<string>();
    for (const by of people) {
      if (!random.chance(0.1 + 0.3 * post.appeal)) continue;
      const at = soon(post.at, random, by);
      const content = phraseFor(by, post, random, said);
      if (at >= now || content === null) continue;
      const comment: PlannedComment = { id: "", post, by, at, content, parent: null, likedBy: [] };
      comments.push(comment, ...answersTo(comment, people, random, now));
    }
  }
  for (const comment of comments) comment.likedBy = members.filter((m) => m !== comment.by && maySee(comment.post.author, m) && random.chance(m === comment.post.author ? 0.45 : 0.035));
  comments.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const comment of comments) comment.id = id(comment.at);
  return comments;
}

function phraseFor(by: Member, post: PlannedPost, random: Random, said: Set<string>): string | null {
  const stock = random.chance(0.62) ? (COMMENTS[post.subject] ?? ANYWHERE) : ANYWHERE;
  const own = stock.filter((phrase) => languageOf(phrase) === by.language);
  const fitting = (own.length > 0 && random.chance(0.4) ? own : stock).filter((phrase) => suits(phrase, by, post) && !said.has(textOf(phrase)));
  if (fitting.length === 0) return null;
  const text = textOf(random.pick(fitting));
  said.add(text);
  return text;
}

const suits = (phrase: Phrase, by: Member, post: PlannedPost) =>
  (languageOf(phrase) === "en" || languageOf(phrase) === by.language) && (post.series.shots > 1 || !textOf(phrase).includes("second one"));

function answersTo(comment: PlannedComment, people: readonly Member[], random: Random, now: Date): PlannedComment[] {
  const { post } = comment, answers: PlannedComment[] = [];
  const add = (by: Member, stock: readonly Phrase[], after: Date) => {
    const fitting = stock.filter((phrase) => ["en", by.language, comment.by.language === by.language ? by.language : "en"].includes(languageOf(phrase)));
    const at = new Date(after.getTime() + random.range(2, 40) * MINUTE + random.next() ** 3 * 9 * HOUR);
    const content = textOf(random.pick(fitting)).replace("@", `@${comment.by.username}`);
    if (at < now) answers.push({ id: "", post, by, at, content, parent: comment, likedBy: [] });
    return at;
  };
  let last = comment.at;
  if (random.chance(0.12)) {
    const other = random.pick(people);
    if (other !== comment.by) last = add(other, ASIDES, last);
  }
  if (random.chance(0.5)) add(post.author, comment.content.includes("?") ? EXPLANATIONS : ANSWERS, last);
  return answers;
}
