-- Unlogged: of use for seconds only, and not worth a line of the log that replicas read.
CREATE UNLOGGED TABLE "recent_writes" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"place" "pg_lsn" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "recent_writes_at" ON "recent_writes" USING btree ("at");--> statement-breakpoint
-- Counters of young posts are written again and again: with room on their page such a row moves no index entry. What is there already has its room by now, or
-- is not written any more.
CREATE OR REPLACE FUNCTION ensure_post_partitions(months_ahead integer DEFAULT 3) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  month timestamptz;
  first_month timestamptz := date_trunc('month', now(), 'UTC') - interval '3 months';
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_post_partitions'));
  IF to_regclass('posts_before') IS NULL THEN
    EXECUTE format('CREATE TABLE posts_before PARTITION OF posts FOR VALUES FROM (MINVALUE) TO (%s)', id_at(first_month));
    FOR i IN 0..2 LOOP
      month := date_trunc('month', first_month + make_interval(months => i), 'UTC');
      EXECUTE format('CREATE TABLE %I PARTITION OF posts FOR VALUES FROM (%s) TO (%s)',
        'posts_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'), id_at(month), id_at(month + interval '1 month'));
      made := made + 1;
    END LOOP;
  END IF;
  FOR i IN 0..months_ahead LOOP
    month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
    IF to_regclass('posts_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM')) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF posts FOR VALUES FROM (%s) TO (%s) WITH (fillfactor = 85)',
        'posts_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'), id_at(month), id_at(month + interval '1 month'));
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;--> statement-breakpoint
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN SELECT i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'posts'::regclass AND c.relname >= 'posts_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM') AND c.relname ~ '^posts_[0-9]{4}_[0-9]{2}$' LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 85)', part);
  END LOOP;
END $$;