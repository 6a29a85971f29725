import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";

export type NewPlace = { name: string; latitude: number | null; longitude: number | null };

/** The form in which names of places are compared. */
export const foldPlace = (name: string) => name.normalize("NFKC").toLowerCase();

/**
 * What makes two places the same: name and, where published, the point to about 10 m. A point belongs to the post whose
 * author gave it; one who only wrote "Home" must not be shown at another's.
 */
const placeKey = ({ name, latitude, longitude }: NewPlace) =>
  latitude === null || longitude === null ? foldPlace(name) : `${foldPlace(name)}\t${latitude.toFixed(4)},${longitude.toFixed(4)}`;

/** The id of the place, made when it is new. */
export async function ensurePlace(tx: Executor, place: NewPlace): Promise<string> {
  const key = placeKey(place);
  const [row] = await tx.execute<{ id: string }>(sql`
    with made as (
      insert into places (name, name_key, latitude, longitude) values (${place.name}, ${key}, ${place.latitude}, ${place.longitude})
      on conflict (name_key) do nothing returning id)
    select id from made union all select id from (select id from places where name_key = ${key} for key share) known limit 1`);
  // Somebody else's transaction made it after this statement's snapshot; or removed it, since nobody else named it any more (erase.ts).
  return row ? row.id : ensurePlace(tx, place);
}
