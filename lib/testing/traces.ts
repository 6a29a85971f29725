import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { issueMailToken } from "@/lib/accounts/mail-tokens";
import { setCommentLike } from "@/lib/comments/likes";
import { addComment } from "@/lib/comments/service";
import { listFeedIds } from "@/lib/feed/queries";
import { recordSeen } from "@/lib/feed/seen";
import { TOP } from "@/lib/feed/skeleton";
import { block, follow } from "@/lib/graph/service";
import { setLike, setSaved } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import { setMessageReaction } from "@/lib/messages/change";
import { setRole } from "@/lib/messages/groups";
import { sendMessageSchema } from "@/lib/messages/schemas";
import { sendMessage } from "@/lib/messages/send";
import { openThread } from "@/lib/messages/service";
import { report } from "@/lib/moderation/reports";
import { enqueue } from "@/lib/platform/jobs/queue";
import { postMail } from "@/lib/platform/mail/outbox";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { foldCounts } from "@/lib/posts/counts";
import { publishScheduled } from "@/lib/posts/scheduled-jobs";
import { flushViews } from "@/lib/posts/view-counts";
import { makePost, makeUpload, makeUser } from "./factories";
import { drainJobs } from "./jobs";

/** Stands in texts that only the person has written. */
export const MARK = "zweigelstern";

const one = async (query: ReturnType<typeof sql>) => (await db().execute<{ id: string }>(query))[0]!.id;

/** Has Ada leave something in every table, among people she knows. The queues must be installed, and limits high. Returns the ids of her posts. */
export async function leaveTraces(ada: Viewer, bob: Viewer, cleo: Viewer): Promise<string[]> {
  for (const [a, b] of [[ada, bob], [bob, ada], [cleo, ada]] as const) await follow(a, b.id);
  await block(ada, (await makeUser()).id);
  const posts = [await makePost(ada, { caption: `#${MARK} by the sea`, photos: 2 }), await makePost(ada, { status: "processing" })];
  const others = [await makePost(bob), await makePost(cleo)];
  await drainJobs(registry);
  const place = await one(sql`insert into places (name, name_key) values (${`${MARK} cove`}, ${`${MARK} cove`}) returning id`);
  await db().execute(sql`update posts set place_id = ${place}::bigint where id = ${posts[0]}::bigint`);
  const tag = await one(sql`insert into tags (name, post_count) values (${MARK}, 1) returning id`);
  await db().execute(sql`insert into post_tags (tag_id, post_id, counted) values (${tag}::bigint, ${posts[0]}::bigint, true)`);
  for (const post of others) {
    await setLike(ada, post, true);
    await setSaved(ada, post, true);
  }
  for (const person of [bob, cleo]) await setLike(person, posts[0]!, true);
  const said = await addComment(ada, others[0]!, { content: `${MARK}, says Ada` }, "key-1");
  await addComment(bob, others[0]!, { content: "A reply", parent_id: said.id }, null);
  const bobs = await addComment(bob, others[0]!, { content: "Well" }, null);
  await addComment(ada, others[0]!, { content: `${MARK} again`, parent_id: bobs.id }, null);
  await setCommentLike(ada, bobs.id, true);
  await setCommentLike(cleo, said.id, true);
  await addComment(cleo, posts[0]!, { content: "Lovely" }, null);
  await recordSeen(ada, others);
  await recordSeen(bob, [posts[0]!]);
  await flushViews();
  // Told before they mute each other.
  await drainJobs(registry);
  await fillOtherTables(ada, bob, posts[0]!, others[0]!);
  await fillTables(ada, bob, cleo, posts[0]!, others);
  await talk(ada, bob, cleo, posts[0]!);
  posts.push(await scheduleFarAhead(ada));
  for (const reader of [ada, bob, cleo]) await listFeedIds(reader.id, TOP, 10);
  await drainJobs(registry);
  await foldCounts();
  return posts;
}

async function fillOtherTables(ada: Viewer, bob: Viewer, adas: string, bobs: string): Promise<void> {
  const circle = await one(sql`insert into circles (owner_id, name, name_key, member_count) values (${bob.id}::bigint, 'Friends', 'friends', 1) returning id`);
  await db().execute(sql`insert into circle_members (circle_id, user_id) values (${circle}::bigint, ${ada.id}::bigint)`);
  const own = await one(sql`insert into circles (owner_id, name, name_key, member_count) values (${ada.id}::bigint, ${MARK}, ${MARK}, 1) returning id`);
  await db().execute(sql`insert into circle_members (circle_id, user_id) values (${own}::bigint, ${bob.id}::bigint)`);
  await db().execute(sql`insert into post_circles (post_id, circle_id) values (${adas}::bigint, ${own}::bigint)`);
  const shared = await one(sql`insert into collections (owner_id, name, name_key, post_count, cover_post_id) values (${bob.id}::bigint, 'Ours', 'ours', 2, ${adas}::bigint) returning id`);
  await db().execute(sql`insert into collection_posts (collection_id, post_id, added_by) values (${shared}::bigint, ${adas}::bigint, ${bob.id}::bigint), (${shared}::bigint, ${bobs}::bigint, ${ada.id}::bigint)`);
  await db().execute(sql`insert into collection_members (collection_id, user_id, state) values (${shared}::bigint, ${ada.id}::bigint, 'joined')`);
  await db().execute(sql`insert into collections (owner_id, name, name_key) values (${ada.id}::bigint, ${MARK}, ${MARK})`);
  for (const table of ["mutes (muter_id, muted_id)", "restricts (restricter_id, restricted_id)", "favourites (user_id, favourite_id)"]) {
    await db().execute(sql`insert into ${sql.raw(table)} values (${ada.id}::bigint, ${bob.id}::bigint), (${bob.id}::bigint, ${ada.id}::bigint)`);
  }
  await db().execute(sql`insert into reactions (post_id, user_id, emoji) values (${bobs}::bigint, ${ada.id}::bigint, '🌊')`);
  await db().execute(sql`insert into reaction_counts (post_id, emoji, count) values (${bobs}::bigint, '🌊', 1)`);
  await db().execute(sql`insert into reposts (user_id, post_id, note) values (${ada.id}::bigint, ${bobs}::bigint, ${MARK})`);
  await db().execute(sql`insert into shares (user_id, post_id) values (${ada.id}::bigint, ${bobs}::bigint)`);
  await db().execute(sql`update posts set repost_count = 1, share_count = 1 where id = ${bobs}::bigint`);
  await db().execute(sql`insert into reports (reporter_id, subject_kind, subject_id, subject_user_id, reason, note, snapshot) values
    (${ada.id}::bigint, 'post', ${bobs}::bigint, ${bob.id}::bigint, 'spam', ${MARK}, '{}'), (${bob.id}::bigint, 'post', ${adas}::bigint, ${ada.id}::bigint, 'spam', '', ${JSON.stringify({ caption: MARK })}::text::jsonb)`);
  await db().execute(sql`insert into hidden_words (user_id, phrase, phrase_key) values (${ada.id}::bigint, ${MARK}, ${MARK})`);
  await db().execute(sql`insert into drafts (user_id, content) values (${ada.id}::bigint, ${JSON.stringify({ caption: MARK, media: [{ id: await makeUpload(ada) }] })}::text::jsonb)`);
  await db().execute(sql`insert into privacy_settings (user_id) values (${ada.id}::bigint)`);
  await db().execute(sql`insert into notification_choices (user_id, topic, in_app) values (${ada.id}::bigint, 'likes', false)`);
  await db().execute(sql`insert into quiet_hours (user_id, from_minute, to_minute, time_zone) values (${ada.id}::bigint, 1320, 420, 'Europe/Berlin')`);
  await db().execute(sql`insert into notification_mutes (user_id, post_id) values (${ada.id}::bigint, ${bobs}::bigint), (${bob.id}::bigint, ${adas}::bigint)`);
  await db().execute(sql`insert into milestones (user_id, subject_id, count) values (${ada.id}::bigint, ${adas}::bigint, 10), (${ada.id}::bigint, ${ada.id}::bigint, 10)`);
  await db().execute(sql`insert into feed_preferences (user_id) values (${ada.id}::bigint)`);
  await db().execute(sql`insert into feed_feedback (user_id, kind, subject_id, author_id) values (${bob.id}::bigint, 'snooze', ${ada.id}::bigint, ${ada.id}::bigint), (${ada.id}::bigint, 'fewer', ${bobs}::bigint, ${bob.id}::bigint)`);
  await db().execute(sql`insert into feed_rankings (user_id, ranker, post_ids, scores) values (${bob.id}::bigint, 'x', ${`{${adas},${bobs}}`}::text::text[], '{1,2}'), (${ada.id}::bigint, 'x', ${`{${bobs}}`}::text::text[], '{1}')`);
  await db().execute(sql`insert into explore_snapshots (post_ids) values (${`{${bobs},${adas}}`}::text::text[])`);
  await db().execute(sql`insert into username_history (username_key, user_id) values (${`${MARK}.before`}, ${ada.id}::bigint)`);
  await db().execute(sql`insert into known_devices (user_id, device_hash) values (${ada.id}::bigint, ${MARK})`);
  await db().execute(sql`insert into post_versions (post_id, caption, media_ids) values (${adas}::bigint, ${MARK}, '{}')`);
  const [media] = await db().execute<{ id: string }>(sql`select id from media where post_id = ${bobs}::bigint`);
  await db().execute(sql`insert into photo_tags (media_id, post_id, user_id, x, y, state) values (${media!.id}::bigint, ${bobs}::bigint, ${ada.id}::bigint, 0.5, 0.5, 'shown')`);
  await db().execute(sql`insert into mentions (post_id, user_id) values (${bobs}::bigint, ${ada.id}::bigint)`);
  await db().execute(sql`insert into data_exports (user_id, state, storage_key, expires_at) values (${ada.id}::bigint, 'ready', ${`exports/${ada.id}/1-x.zip`}, now() + interval '4 days')`);
  await db().execute(sql`insert into recent_writes (user_id, place) values (${ada.id}::bigint, '0/0') on conflict do nothing`);
  await db().execute(sql`insert into push_subscriptions (user_id, session_id, endpoint, p256dh, auth) select user_id, id, ${`https://push.example.org/${MARK}`}, ${MARK}, ${MARK} from sessions where user_id = ${ada.id}::bigint limit 1`);
  await db().execute(sql`insert into digest_settings (user_id, frequency) values (${ada.id}::bigint, 'daily')`);
  await issueMailToken(db(), ada.id, "verify", `${ada.username}@example.org`);
}

/** Conversations of two and of three, with what others say about her and report of it. */
async function talk(ada: Viewer, bob: Viewer, cleo: Viewer, post: string): Promise<void> {
  let serial = 0;
  const say = async (who: Viewer, thread: string, input: object) => (await sendMessage(who, thread, sendMessageSchema.parse({ client_id: `trace${serial++}`, ...input }))).message.id;
  const pair = (await openThread(ada, { userIds: [bob.id] })).thread.id;
  const group = (await openThread(bob, { userIds: [ada.id, cleo.id], name: "Three" })).thread.id;
  const first = await say(ada, pair, { text: `${MARK} to you` });
  const answer = await say(bob, pair, { text: "To you, too", reply_to: first });
  await setMessageReaction(ada, pair, answer, "🌊", true);
  await say(ada, group, { text: `${MARK} to all` });
  await say(bob, group, { shared: { kind: "profile", id: ada.id } });
  await say(bob, group, { shared: { kind: "post", id: post } });
  await setRole(bob, group, ada.id, "admin");
  await db().execute(sql`update messages set client_id = ${MARK} where id = ${first}::bigint`);
  await db().execute(sql`insert into gone_messages (thread_id, sender_id, client_id, message_id) values (${group}::bigint, ${ada.id}::bigint, 'gone', ${first}::bigint)`);
  await report(cleo, { subject: "thread", id: group, reason: "other", note: "" });
}

/** What others have done with the posts of the person who leaves, what is half done, and how they sign in. */
async function fillTables(ada: Viewer, bob: Viewer, cleo: Viewer, adas: string, [bobs, cleos]: string[]): Promise<void> {
  // Made together, both ways.
  for (const [post, person] of [[adas, bob], [bobs, ada]] as const) {
    await db().execute(sql`insert into collaborators (post_id, user_id, state) values (${post}::bigint, ${person.id}::bigint, 'accepted')`);
    await db().execute(sql`update users set post_count = post_count + 1 where id = ${person.id}::bigint`);
  }
  await db().execute(sql`insert into collaborators (post_id, user_id) values (${cleos}::bigint, ${ada.id}::bigint), (${adas}::bigint, ${cleo.id}::bigint)`);
  await db().execute(sql`insert into reactions (post_id, user_id, emoji) values (${adas}::bigint, ${bob.id}::bigint, '🌊')`);
  await db().execute(sql`insert into reaction_counts (post_id, emoji, count) values (${adas}::bigint, '🌊', 1)`);
  await db().execute(sql`insert into reposts (user_id, post_id) values (${bob.id}::bigint, ${adas}::bigint)`);
  await db().execute(sql`insert into shares (user_id, post_id) values (${cleo.id}::bigint, ${adas}::bigint)`);
  await db().execute(sql`update posts set repost_count = 1, share_count = 2 where id = ${adas}::bigint`);
  await setSaved(bob, adas, true);
  await db().execute(sql`insert into mentions (post_id, user_id) values (${adas}::bigint, ${bob.id}::bigint)`);
  const first = await one(sql`select id from media where post_id = ${adas}::bigint order by position limit 1`);
  await db().execute(sql`insert into photo_tags (media_id, post_id, user_id, x, y, state) values (${first}::bigint, ${adas}::bigint, ${bob.id}::bigint, 0.5, 0.5, 'shown')`);
  const [replaced, waiting] = [await makeUpload(ada), await makeUpload(ada)];
  await db().execute(sql`update media set post_id = ${adas}::bigint where id = ${replaced}::bigint`);
  await db().execute(sql`update media set post_id = ${adas}::bigint, replaces_id = ${first}::bigint where id = ${waiting}::bigint`);
  await db().execute(sql`insert into post_versions (post_id, caption, media_ids, replaced) values (${adas}::bigint, '', ${`{${replaced}}`}::text::text[], true)`);
  await db().execute(sql`insert into comments (post_id, user_id, content, state, held_for_id) values
    (${bobs}::bigint, ${ada.id}::bigint, ${MARK}, 'pending', ${bob.id}::bigint), (${cleos}::bigint, ${ada.id}::bigint, ${MARK}, 'hidden', ${cleo.id}::bigint), (${adas}::bigint, ${bob.id}::bigint, ${MARK}, 'pending', ${ada.id}::bigint), (${adas}::bigint, ${cleo.id}::bigint, ${MARK}, 'hidden', ${ada.id}::bigint)`);
  await db().execute(sql`insert into feed_authors (author_id, is_pulled) values (${ada.id}::bigint, false)`);
  await db().execute(sql`insert into passkeys (user_id, credential_id, public_key, name) values (${ada.id}::bigint, ${MARK}, ${MARK}, ${MARK})`);
  await db().execute(sql`insert into totp_secrets (user_id, secret) values (${ada.id}::bigint, ${MARK})`);
  await db().execute(sql`insert into recovery_codes (user_id, code_hash) values (${ada.id}::bigint, ${MARK})`);
  await db().execute(sql`insert into auth_challenges (kind, user_id, challenge, expires_at) values ('return', ${ada.id}::bigint, ${MARK}, now() + interval '1 year')`);
  await db().transaction((tx) => postMail(tx, { userId: ada.id, kind: "export", recipient: `${ada.username}@example.org` }, { subject: MARK, lines: [MARK] }));
}

/** A post that waits longer than its author stays, with a job for its time and one for a time that it had before. */
async function scheduleFarAhead(ada: Viewer): Promise<string> {
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  const post = await makePost(ada, { status: "scheduled", caption: MARK });
  await db().execute(sql`update posts set scheduled_for = ${at(200).toISOString()}::timestamptz where id = ${post}::bigint`);
  for (const days of [200, 100]) await enqueue(db(), publishScheduled, { postId: post }, { runAt: at(days) });
  return post;
}
