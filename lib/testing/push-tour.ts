import { expect } from "vitest";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";
import { PushService } from "./push-service";

/** Everything about notifications outside the page, with a push service that answers. */
export async function takePushes(ask: Ask, ada: Viewer): Promise<void> {
  const service = await PushService.open();
  const browser = service.browser();
  await ask("GET", "/api/push/key", { as: ada });
  expect((await ask("PUT", "/api/push/subscription", { as: ada, body: browser.toJSON() })).body.devices).toHaveLength(1);
  await ask("GET", "/api/push/subscription", { as: ada });
  await ask("POST", "/api/push/test", { as: ada });
  expect(service.sentTo(browser)).toHaveLength(1);
  expect((await ask("DELETE", "/api/push/subscription", { as: ada })).body.devices).toEqual([]);
  await service.close();
  await db().execute(sql`update users set email_verified_at = now() where id = ${ada.id}::bigint`);
  await ask("GET", "/api/me/digest", { as: ada });
  expect((await ask("PATCH", "/api/me/digest", { as: ada, body: { frequency: "weekly", time_zone: "Europe/Berlin" } })).body.frequency).toBe("weekly");
}
