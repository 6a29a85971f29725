import "server-only";
import { sql } from "drizzle-orm";
import { invalid } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { changeBetween } from "./change";
import { MAX_FAVOURITES } from "./limits";
import { standing } from "./standing";

/**
 * Puts somebody whom the viewer follows among the favourites or takes them out; they are not told. Again changes nothing. Throws not_found,
 * invalid for oneself, for whom the viewer does not follow, and when there are too many.
 */
export async function setFavourite(viewer: Viewer, userId: string, isFavourite: boolean): Promise<void> {
  await changeBetween([viewer.id, userId], async (tx) => {
    if (!isFavourite) {
      await standing(tx, viewer, userId);
      await tx.execute(sql`delete from favourites where user_id = ${viewer.id}::bigint and favourite_id = ${userId}::bigint`);
      return;
    }
    if ((await standing(tx, viewer, userId)) !== "active") throw invalid("Favourites are people you follow.", { id: "Favourites are people you follow." });
    const [room] = await tx.execute<{ count: number; has: boolean }>(sql`
      select count(*)::int as count, coalesce(bool_or(favourite_id = ${userId}::bigint), false) as has from favourites where user_id = ${viewer.id}::bigint`);
    if (room!.has) return;
    if (room!.count >= MAX_FAVOURITES) throw invalid(`You have ${MAX_FAVOURITES} favourites already.`, { id: `You have ${MAX_FAVOURITES} favourites already.` });
    await tx.execute(sql`insert into favourites (user_id, favourite_id) values (${viewer.id}::bigint, ${userId}::bigint) on conflict do nothing`);
  });
}
