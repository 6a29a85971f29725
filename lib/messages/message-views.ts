import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { type MediaRow, toMediaView, voiceUrl } from "@/lib/media/urls";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts } from "@/lib/posts/hydrate";
import { isRefused, listRefused } from "@/lib/posts/mentions";
import { toSketch } from "@/lib/posts/sketch";
import { extractText } from "@/lib/posts/text";
import { readHiddenWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord, type HiddenWord } from "@/lib/privacy/words";
import { packedPerson, type SummaryRow, toSummary } from "./people";
import { EDIT_MINUTES } from "./schemas";
import type { MessageReactionView, MessageView, SharedView, ThreadEvent, VoiceView } from "./types";
import { messageVisible } from "./visible-sql";

type Asker = Pick<Viewer, "id">;
type FileRow = Omit<MediaRow, "kind"> & { waveform: number[] | null; kind: "image" | "video" | "audio" };
type ReactionRow = { emoji: string; count: number; mine: boolean; names: string[] };
type Row = {
  id: string; thread_id: string; sender_id: string; client_id: string | null; text: string | null; event: (Record<string, unknown> & { kind: string }) | null; event_user: SummaryRow | null;
  shared_kind: "post" | "profile" | null; shared_id: string | null; shared_user: SummaryRow | null; reply_to_id: string | null; reply_text: string | null; reply_sender: SummaryRow | null; reply_is_mine: boolean | null; reply_is_gone: boolean;
  is_member: boolean; is_unsent: boolean; is_edited: boolean; vanishes_at: string | null; created_at: string; sender: SummaryRow | null; files: FileRow[] | null; reactions: ReactionRow[] | null;
};

const readRows = prepared<Row, "viewer" | "ids">("messages for a viewer", (arg) => sql`
  select m.id::text, m.thread_id::text, m.sender_id::text, m.client_id, m.text, m.event, m.shared_kind, m.shared_id::text, m.reply_to_id::text, me.until_id is null as is_member,
    m.unsent_at is not null as is_unsent, m.edited_at is not null as is_edited, m.vanishes_at, m.created_at, ${packedPerson(arg("viewer"), "w")} as sender,
    (select ${packedPerson(arg("viewer"), "x")} from users x where x.id = (m.event->>'user_id')::bigint) as event_user,
    case when m.shared_kind = 'profile' then (select ${packedPerson(arg("viewer"), "x")} from users x where x.id = m.shared_id) end as shared_user,
    answered.text as reply_text, answered.sender as reply_sender, answered.is_mine as reply_is_mine, m.reply_to_id is not null and coalesce(answered.is_gone, true) as reply_is_gone,
    case when me.until_id is null then (select json_agg(json_build_object('id', d.id::text, 'kind', d.kind, 'state', d.state, 'version', d.version, 'width', d.width, 'height', d.height, 'duration', d.duration, 'alt', d.alt,
      'thumbhash', d.thumbhash, 'variants', d.variants, 'video', d.video, 'has_audio', d.has_audio, 'progress', d.progress, 'captions', null, 'shown_camera', null, 'waveform', d.waveform) order by mm.position)
      from message_media mm join media d on d.id = mm.media_id where mm.message_id = m.id) end as files,
    (select json_agg(json_build_object('emoji', g.emoji, 'count', g.count, 'mine', g.mine, 'names', g.names) order by g.count desc, g.first) from (
      select r.emoji, count(*)::int as count, bool_or(r.user_id = ${arg("viewer")}::bigint) as mine, min(r.created_at) as first, (array_agg(ru.username order by r.created_at) filter (where r.user_id <> ${arg("viewer")}::bigint))[1:3] as names
      from message_reactions r join users ru on ru.id = r.user_id where r.message_id = m.id and ${accountVisible(arg("viewer"), "ru")} and (me.until_id is null or r.created_at <= id_time(me.until_id)) group by r.emoji) g) as reactions
  from unnest(${arg("ids")}::text::bigint[]) as a(id)
  cross join lateral (select * from messages where id = a.id offset 0) m
  cross join lateral (select * from threads where id = m.thread_id offset 0) t
  cross join lateral (select * from thread_members where thread_id = m.thread_id and user_id = ${arg("viewer")}::bigint offset 0) me
  cross join lateral (select * from users where id = m.sender_id offset 0) w
  left join lateral (select a.text, ${packedPerson(arg("viewer"), "aw")} as sender, a.unsent_at is not null as is_gone, a.sender_id = ${arg("viewer")}::bigint as is_mine
    from messages a join users aw on aw.id = a.sender_id where a.id = m.reply_to_id and a.thread_id = m.thread_id and ${messageVisible(arg("viewer"), "a")}) answered on true
  where ${messageVisible(arg("viewer"))} order by m.id`);

/** Messages of these ids as their reader may see them, in order; what is not there for them is left out. Five statements, however many. */
export async function hydrateMessages(viewer: Viewer, ids: readonly string[]): Promise<MessageView[]> {
  if (ids.length === 0) return [];
  const [rows, words] = await Promise.all([readRows({ viewer: viewer.id, ids: `{${ids.join(",")}}` }), readHiddenWords(viewer.id, "messages")]);
  const postIds = [...new Set(rows.flatMap((row) => (row.shared_kind === "post" && row.shared_id !== null && !row.is_unsent ? [row.shared_id] : [])))];
  const [posts, refused] = await Promise.all([hydratePosts(viewer, postIds), listRefused(rows.map((row) => ({ writerId: row.sender_id, names: extractText(row.text ?? "").mentions })))]);
  const sketches = new Map(posts.map((post) => [post.id, toSketch(post)]));
  return rows.map((row) => {
    const mentions = extractText(row.text ?? "").mentions.filter((name) => !isRefused(refused, row.sender_id, name));
    return toView(row, viewer, { mentions, words, shared: sharedOf(row, sketches) });
  });
}

type Beside = { mentions: string[]; words: readonly HiddenWord[]; shared: SharedView | null };

function toView(row: Row, viewer: Asker, { mentions, words, shared }: Beside): MessageView {
  const isMine = row.sender_id === viewer.id;
  const until = new Date(new Date(row.created_at).getTime() + EDIT_MINUTES * 60_000);
  const files = row.is_unsent ? [] : (row.files ?? []);
  const voice = files.find((file) => file.kind === "audio");
  return {
    id: row.id, thread_id: row.thread_id, client_id: isMine ? row.client_id : null, sender: toSummary(row.sender), is_mine: isMine, is_unsent: row.is_unsent, event: eventOf(row),
    text: row.is_unsent ? null : row.text, mentions: row.is_unsent ? [] : mentions, voice: voice ? toVoice(voice, viewer.id) : null, shared: row.is_unsent ? null : shared,
    media: files.flatMap((file) => (file.kind === "audio" ? [] : [toMediaView(file as MediaRow, { isPublic: false, viewerId: viewer.id })])),
    reply_to: row.reply_to_id === null || row.is_unsent ? null : { id: row.reply_to_id, sender: toSummary(row.reply_sender), excerpt: row.reply_is_gone ? "" : excerptOf(row, words), is_gone: row.reply_is_gone },
    reactions: row.is_unsent ? [] : (row.reactions ?? []).map((one): MessageReactionView => ({ ...one, names: one.names ?? [] })),
    is_covered: !isMine && !row.is_unsent && hasHiddenWord(row.text ?? "", words), is_edited: row.is_edited,
    editable_until: isMine && row.is_member && !row.is_unsent && row.event === null && row.text !== null && until.getTime() > Date.now() ? until.toISOString() : null,
    vanishes_at: row.vanishes_at && new Date(row.vanishes_at).toISOString(), created_at: new Date(row.created_at).toISOString(),
  };
}

const EXCERPT = 120;
const COVERED = "A word that you hide";
const excerptOf = ({ reply_text: text, reply_is_mine: isMine }: Row, words: readonly HiddenWord[]) => (!isMine && hasHiddenWord(text ?? "", words) ? COVERED : [...(text ?? "")].slice(0, EXCERPT).join(""));

const toVoice = (file: FileRow, viewerId: string): VoiceView => ({
  url: voiceUrl(file, viewerId), duration: file.duration ?? 0, waveform: file.waveform ?? [], state: file.state === "ready" || file.state === "failed" ? file.state : "processing",
});

function sharedOf(row: Row, sketches: ReadonlyMap<string, ReturnType<typeof toSketch>>): SharedView | null {
  if (row.shared_kind === "post") return { kind: "post", post: (row.shared_id !== null && sketches.get(row.shared_id)) || null };
  return row.shared_kind === "profile" ? { kind: "profile", user: row.shared_user && toSummary(row.shared_user) } : null;
}

function eventOf({ event, event_user }: Row): ThreadEvent | null {
  if (event === null) return null;
  const { user_id: _user, ...rest } = event;
  return (_user === undefined ? rest : { ...rest, user: toSummary(event_user) }) as ThreadEvent;
}
