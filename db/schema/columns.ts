import { sql } from "drizzle-orm";
import { customType, timestamp } from "drizzle-orm/pg-core";

/**
 * A 64-bit, time-ordered id. Postgres makes it (`next_id()`), TypeScript carries it as a decimal string, because a
 * JavaScript number loses its low bits.
 */
const bigintString = customType<{ data: string; driverData: string }>({
  dataType: () => "bigint",
  fromDriver: (value) => String(value),
  toDriver: (value) => value,
});

/** Primary key filled by the database. */
export const primaryId = () => bigintString("id").notNull().default(sql`next_id()`);

/** A column that points at another row's id. */
export const refId = (name: string) => bigintString(name);

/** A place in the write-ahead log. */
export const logPlace = customType<{ data: string; driverData: string }>({ dataType: () => "pg_lsn" });

/** A point in time, always with zone. */
export const time = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const createdAt = () => time("created_at").notNull().defaultNow();
