import { describe, expect, it } from "vitest";
import { sqlClient } from "@/db/client";
import { countApplied, countWanted } from "@/db/migrate";

describe("the database of a test file", () => {
  it("has every migration", async () => {
    expect(await countApplied(sqlClient())).toBe(countWanted());
  });

  it("is owned by a role that is no superuser", async () => {
    const [role] = await sqlClient()`select rolsuper from pg_roles where rolname = current_user`;
    expect(role?.rolsuper).toBe(false);
  });
});
