import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { eraseAccount, isDue, listDue } from "@/lib/accounts/erase";
import { eraseComments } from "@/lib/comments/erase";
import { eraseSnapshots } from "@/lib/explore/erase";
import { eraseExports } from "@/lib/exports/sweep";
import { eraseFeeds, eraseViewing } from "@/lib/feed/erase";
import { eraseTies } from "@/lib/graph/erase";
import { eraseInteractions } from "@/lib/interactions/erase";
import { eraseFiles, forgetAtCdn } from "@/lib/media/erase";
import { eraseMessages } from "@/lib/messages/erase";
import { eraseNotifications } from "@/lib/notifications/erase";
import { hasOpenJobs } from "@/lib/platform/jobs/forget";
import { log } from "@/lib/platform/log";
import { foldCounts } from "@/lib/posts/counts";
import { erasePosts, idsOf, takeDownPosts } from "@/lib/posts/erase";

/** People looked at in one run; who is left comes in the next. */
const AT_ONCE = 50;

/** Removes for good everybody whose 30 days are over. One who cannot be removed just now does not hold up the others. Returns how many are gone. */
export async function purgeDue(signal: AbortSignal): Promise<number> {
  let gone = 0;
  let failed: unknown;
  for (const userId of await listDue(AT_ONCE)) {
    if (signal.aborted) break;
    try {
      if ((await purgePerson(userId)) === "gone") gone += 1;
    } catch (error) {
      failed = error;
      // Without the id: a log must not remember who has left.
      log().warn({ err: error }, "an account could not be removed; it goes on in the next run");
    }
  }
  if (failed) throw failed;
  return gone;
}

/**
 * Removes a person with all that is theirs from database, Redis and storage (decision 0034). Each step may be broken off and repeated, and the row of the
 * person goes last, so that whatever happens the next run goes on. "waiting": jobs that their leaving has caused have still to be done.
 */
export async function purgePerson(userId: string): Promise<"gone" | "waiting" | "not due"> {
  if (!(await isDue(userId))) return "not due";
  await takeDownPosts(userId);
  if (await hasOpenJobs(idsOf(userId))) return "waiting";
  await forgetAtCdn(userId);
  await eraseFeeds(userId);
  await eraseNotifications(userId);
  await eraseInteractions(userId);
  await eraseComments(userId);
  await eraseMessages(userId);
  await eraseTies(userId);
  await foldCounts();
  await eraseViewing(userId);
  await eraseSnapshots(userId);
  await eraseExports(userId);
  await eraseFiles(userId);
  await erasePosts(userId);
  await anonymiseReports(userId);
  await eraseAccount(userId);
  return "gone";
}

/** What they reported stays for the moderators, without who said it or in which words. */
async function anonymiseReports(userId: string): Promise<void> {
  await db().execute(sql`update reports set note = '', reporter_id = null where reporter_id = ${userId}::bigint`);
  // Of conversations that others have reported nothing of theirs stays.
  const without = (part: string) => sql`coalesce((select jsonb_agg(x) from jsonb_array_elements(snapshot->${sql.raw(`'${part}'`)}) x where x->>'user_id' <> ${userId}::text), '[]'::jsonb)`;
  await db().execute(sql`
    update reports set snapshot = snapshot || jsonb_build_object('messages', ${without("messages")}, 'people', ${without("people")})
    where subject_kind = 'thread' and (snapshot->'people' @> ${JSON.stringify([{ user_id: userId }])}::text::jsonb or snapshot->'messages' @> ${JSON.stringify([{ user_id: userId }])}::text::jsonb)`);
}
