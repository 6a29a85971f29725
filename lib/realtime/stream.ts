import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { rest } from "@/lib/platform/http/rest";
import { streamPart, type Admitted } from "@/lib/platform/realtime/stream-http";
import { Streams } from "@/lib/platform/realtime/streams";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { tellMessages, tellTyping } from "./message";
import { livingSessions, tellFeed, tellUnread } from "./person";
import { tellComments, tellCounts } from "./post";
import { streamSchema } from "./schemas";

const tellers = { tell: { post: tellCounts, comment: tellComments, notification: tellUnread, feed: tellFeed, message: tellMessages, typing: tellTyping }, living: livingSessions };

/** The streams of a process that tells everything there is to tell. */
export const openStreams = (): Streams => new Streams(tellers);

const readWatchable = prepared<{ id: string }, "viewer" | "posts">("posts to watch", (arg) => sql`
  select p.id from unnest(${arg("posts")}::text::bigint[]) with ordinality as a(id, place) cross join lateral (select * from posts where id = a.id offset 0) p
  cross join lateral (select * from users where id = p.author_id offset 0) u
  where p.status = 'published' and ${postVisible(arg("viewer"))} order by a.place`);

/** Those of the posts that the viewer may see. */
export const listWatchable = async (viewerId: string, postIds: readonly string[]): Promise<string[]> =>
  postIds.length === 0 ? [] : (await readWatchable({ viewer: viewerId, posts: `{${postIds.join(",")}}` })).map(({ id }) => id);

/** `GET /api/stream`: what the viewer may not see is left out of the topics, as if it were not there. */
export function streamHandler(streams: Streams) {
  const admit = rest({ query: streamSchema }, async ({ viewer, query }): Promise<Admitted> => {
    streams.demandRoom(viewer.id);
    const postIds = await listWatchable(viewer.id, query.topics);
    await streams.ready();
    streams.demandRoom(viewer.id);
    return { listening: { viewerId: viewer.id, sessionId: viewer.sessionId, postIds }, lastEventId: query.last_event_id, isOnce: query.once };
  });
  return streamPart(admit, streams);
}
