import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import { variantKey } from "@/lib/media/keys";
import { storage } from "@/lib/platform/storage/storage";
import type { ItemOf } from "./format";
import type { PackedFile } from "./posts";
import { iso } from "./sections";

type Avatar = { id: string; version: string; variants: Variant[] } | null;

/** What a person says of themselves, their settings, and their picture. Null when they are gone. */
export async function readProfile(me: string): Promise<{ profile: ItemOf<"profile">; files: PackedFile[] } | null> {
  const [row] = await db().execute<{ item: Omit<ItemOf<"profile">, "avatar">; avatar: Avatar }>(sql`
    select json_build_object('id', u.id::text, 'username', u.username, 'full_name', u.full_name, 'email', u.email, 'bio', u.bio, 'website', u.website, 'pronouns', u.pronouns, 'links', u.links,
      'is_private', u.is_private, 'is_verified', u.is_verified, 'account_type', u.account_type, 'role', u.role, 'follower_count', u.follower_count, 'following_count', u.following_count, 'post_count', u.post_count,
      'email_verified_at', ${iso("u.email_verified_at")}, 'two_factor_at', ${iso("u.two_factor_at")}, 'last_active_at', ${iso("u.last_active_at")}, 'created_at', ${iso("u.created_at")},
      'settings', json_build_object('privacy', (select to_jsonb(s) - 'user_id' from privacy_settings s where s.user_id = u.id), 'feed', (select to_jsonb(f) - 'user_id' from feed_preferences f where f.user_id = u.id),
        'notifications', (select coalesce(json_agg(to_jsonb(c) - 'user_id' order by c.topic), '[]') from notification_choices c where c.user_id = u.id), 'quiet_hours', (select to_jsonb(q) - 'user_id' from quiet_hours q where q.user_id = u.id),
        'digest', (select to_jsonb(d) - 'user_id' from digest_settings d where d.user_id = u.id))) as item,
      (select json_build_object('id', m.id::text, 'version', m.version, 'variants', m.variants) from media m where m.id = u.avatar_media_id and m.state = 'ready') as avatar
    from users u where u.id = ${me}::bigint`);
  if (!row) return null;
  const files = row.avatar ? await avatarFile(row.avatar, row.item.created_at) : [];
  return { profile: { ...row.item, avatar: files[0]?.path ?? null }, files };
}

async function avatarFile({ id, version, variants }: NonNullable<Avatar>, at: string): Promise<PackedFile[]> {
  const [largest] = variants.filter(({ ext }) => ext === "jpg").sort((a, b) => b.width - a.width);
  const key = largest && variantKey(id, version, largest);
  const found = key ? await storage().head(key) : null;
  return key && found ? [{ key, path: `pictures/${id}.jpg`, size: found.size, at }] : [];
}
