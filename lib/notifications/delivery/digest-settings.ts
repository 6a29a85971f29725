import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, invalidField } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { periodAt } from "./digest";
import type { DigestPatch } from "./schemas";
import type { DigestView } from "./types";

type Person = Pick<Viewer, "id">;

/** How often the viewer gets what is new by mail. */
export async function getDigest(viewer: Person): Promise<DigestView> {
  const [row] = await db().execute<DigestView>(sql`
    select coalesce(d.frequency, 'off') as frequency, coalesce(d.time_zone, 'UTC') as time_zone, u.email_verified_at is not null as address_confirmed
    from users u left join digest_settings d on d.user_id = u.id where u.id = ${viewer.id}::bigint`);
  return row!;
}

/**
 * Keeps what is given; what is left out stays. The first digest is that of the next day or week, and tells of what comes from now on. Throws conflict while the address
 * is not confirmed, invalid at `time_zone`.
 */
export async function setDigest(viewer: Person, patch: DigestPatch): Promise<DigestView> {
  const before = await getDigest(viewer);
  const frequency = patch.frequency ?? before.frequency;
  const timeZone = patch.time_zone ?? before.time_zone;
  if (patch.frequency && frequency !== "off" && !before.address_confirmed) throw conflict("Confirm your e-mail address first: open the link that was mailed to you.", { frequency: "Your address is not confirmed yet." });
  if (patch.time_zone) await demandTimeZone(patch.time_zone);
  const period = periodAt(new Date(), sql`${frequency}::text`, sql`${timeZone}::text`);
  await db().execute(sql`
    insert into digest_settings as d (user_id, frequency, time_zone, sent_for) values (${viewer.id}::bigint, ${frequency}, ${timeZone}, ${period})
    on conflict (user_id) do update set frequency = coalesce(${patch.frequency ?? null}::text, d.frequency), time_zone = coalesce(${patch.time_zone ?? null}::text, d.time_zone), updated_at = now(),
      sent_for = greatest(d.sent_for, excluded.sent_for), told_until = case when d.frequency = 'off' then now() else d.told_until end`);
  return getDigest(viewer);
}

/** One that Postgres knows, since it reckons with it. */
async function demandTimeZone(name: string): Promise<void> {
  const [row] = await db().execute(sql`select 1 from pg_timezone_names where name = ${name}`);
  if (!row) throw invalidField("time_zone", "This time zone is not known.");
}
