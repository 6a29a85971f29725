import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { makeUser } from "@/lib/testing/factories";
import { keptKeys } from "./keys";
import { isKeyPair } from "./vapid";

describe("the server's keys for Web Push", () => {
  it("are made once, however many servers start, and lie encrypted", async () => {
    await db().execute(sql`delete from push_keys`);
    const keys = await Promise.all(Array.from({ length: 6 }, keptKeys));
    expect(new Set(keys.map(({ privateKey }) => privateKey)).size).toBe(1);
    expect(isKeyPair(keys[0]!)).toBe(true);
    const rows = await db().execute<{ public_key: string; private_key: string }>(sql`select public_key, private_key from push_keys`);
    expect([...rows].map(({ public_key }) => public_key)).toEqual([keys[0]!.publicKey]);
    expect(rows[0]!.private_key).not.toContain(keys[0]!.privateKey);
  });

  it("are made anew when they can't be opened, and what was subscribed with the old ones goes", async () => {
    const before = await keptKeys();
    const ada = await makeUser();
    await db().execute(sql`insert into push_subscriptions (user_id, session_id, endpoint, p256dh, auth) values (${ada.id}::bigint, ${ada.sessionId}::bigint, 'https://push.example.org/1', 'x', 'y')`);
    await db().execute(sql`update push_keys set private_key = 'A' || private_key`);
    const after = await keptKeys();
    expect(after.publicKey).not.toBe(before.publicKey);
    expect(await keptKeys()).toEqual(after);
    expect(await db().execute(sql`select 1 from push_subscriptions`)).toHaveLength(0);
  });
});
