import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { seal, unseal } from "@/lib/platform/sealed";
import { isKeyPair, makeVapidKeys, type VapidKeys } from "./vapid";

const SEALED_AS = ["push", "vapid"] as const;
let known: VapidKeys | undefined;

/**
 * The keys of this server: those of the configuration, else those in Postgres, which the first to ask makes; so all app servers have the same. When they can't
 * be opened any more (another `AUTH_SECRET`), new ones are made, and browsers that subscribed with the old ones have to do so again.
 */
export async function vapidKeys(): Promise<VapidKeys> {
  const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = env();
  if (VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY) return { publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY };
  known ??= await keptKeys();
  return known;
}

/** Those in Postgres, made where there are none. */
export const keptKeys = async (): Promise<VapidKeys> => (await readKeys()) ?? makeKeys();

/** Whether there are keys that this server can use; makes none, since whoever asks may have another secret than the servers. */
export async function hasKeys(): Promise<boolean> {
  return env().VAPID_PUBLIC_KEY !== undefined || (await readKeys()) !== null;
}

async function readKeys(executor: Pick<ReturnType<typeof db>, "execute"> = db()): Promise<VapidKeys | null> {
  const [row] = await executor.execute<{ public_key: string; private_key: string }>(sql`select public_key, private_key from push_keys where id = 1`);
  const privateKey = row ? unseal(...SEALED_AS, row.private_key) : null;
  const keys = privateKey === null ? null : { publicKey: row!.public_key, privateKey };
  return keys && isKeyPair(keys) ? keys : null;
}

/** Of several that start at once one makes them. */
async function makeKeys(): Promise<VapidKeys> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('push keys'))`);
    const there = await readKeys(tx);
    if (there) return there;
    const keys = makeVapidKeys();
    const replaced = await tx.execute(sql`delete from push_keys where id = 1 returning 1`);
    await tx.execute(sql`insert into push_keys (id, public_key, private_key) values (1, ${keys.publicKey}, ${seal(...SEALED_AS, keys.privateKey)})`);
    if (replaced.length > 0) {
      await tx.execute(sql`delete from push_subscriptions`);
      log().warn("the keys for Web Push could not be opened with this AUTH_SECRET and were made anew; everybody has to turn on notifications again");
    }
    return keys;
  });
}

/** Makes the keys at the first start; what goes wrong here is tried again when they are needed. */
export async function prepareKeys(): Promise<void> {
  await vapidKeys().catch((error: unknown) => log().warn({ err: error }, "the keys for Web Push could not be made yet"));
}
