import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type PersonRow, personColumns, toUserView } from "@/lib/graph/people";
import { withCountsAs } from "@/lib/graph/uncounted";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { A_FOLLOWER, accountVisible, contentVisible } from "@/lib/platform/visibility/visibility";
import { getProfile } from "./queries";
import type { UserView } from "./types";

/** As whom one looks at one's own profile; `as` is what the one rule of who may see what is asked with. */
export type Onlooker = { name: string; as: string | null | typeof A_FOLLOWER };

/** The onlooker of an address: "stranger", "follower", or "@" and a username. Throws not_found, also for oneself and for whom one may not see. */
export async function findOnlooker(viewer: Viewer, text: string): Promise<Onlooker> {
  if (text === "stranger") return { name: "a stranger", as: null };
  if (text === "follower") return { name: "a follower", as: A_FOLLOWER };
  const user = text.startsWith("@") ? await getProfile(viewer, text) : null;
  if (!user || user.id === viewer.id) throw notFound();
  return { name: `@${user.username}`, as: user.id };
}

/**
 * One's own profile as an onlooker (see `findOnlooker`) has it, and whether its posts and lists are open to them. What they and oneself are to each other is not
 * in it: whom they mute or restrict is theirs. Throws not_found.
 */
export async function getSelfAs(viewer: Viewer, text: string): Promise<{ onlooker: Onlooker; user: UserView; open: boolean }> {
  const onlooker = await findOnlooker(viewer, text);
  const { as } = onlooker;
  const [row] = await db().execute<PersonRow & { open: boolean }>(sql`
    select ${personColumns(null)}, ${contentVisible(as)} as open from users u where u.id = ${viewer.id}::bigint and ${accountVisible(as)}`);
  if (!row) throw notFound();
  return { onlooker, user: await withCountsAs(as, toUserView(row, null)), open: row.open };
}
