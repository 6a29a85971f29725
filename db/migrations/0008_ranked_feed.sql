CREATE TABLE "count_deltas" (
	"id" bigint PRIMARY KEY DEFAULT next_id() NOT NULL,
	"post_id" bigint NOT NULL,
	"likes" integer DEFAULT 0 NOT NULL,
	"comments" integer DEFAULT 0 NOT NULL,
	"saves" integer DEFAULT 0 NOT NULL,
	"views" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed_feedback" (
	"user_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	"until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feed_feedback_user_id_kind_subject_id_pk" PRIMARY KEY("user_id","kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "feed_preferences" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"feed_order" text DEFAULT 'following' NOT NULL,
	"discovery" real DEFAULT 0.5 NOT NULL,
	"best" real DEFAULT 0.5 NOT NULL,
	"video" real DEFAULT 0.5 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed_rankings" (
	"id" bigint PRIMARY KEY DEFAULT next_id() NOT NULL,
	"user_id" bigint NOT NULL,
	"ranker" text NOT NULL,
	"post_ids" text[] NOT NULL,
	"scores" real[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_seen" (
	"user_id" bigint NOT NULL,
	"post_id" bigint NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "post_seen_user_id_post_id_pk" PRIMARY KEY("user_id","post_id")
) PARTITION BY RANGE (post_id);
--> statement-breakpoint
ALTER TABLE "feed_feedback" ADD CONSTRAINT "feed_feedback_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_feedback" ADD CONSTRAINT "feed_feedback_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_preferences" ADD CONSTRAINT "feed_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_rankings" ADD CONSTRAINT "feed_rankings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "count_deltas_post" ON "count_deltas" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "feed_feedback_author" ON "feed_feedback" USING btree ("user_id","author_id");--> statement-breakpoint
CREATE INDEX "feed_rankings_user" ON "feed_rankings" USING btree ("user_id","id" DESC NULLS FIRST);--> statement-breakpoint
-- As for posts: a partition a month, made ahead. Whoever asks only asks for posts of the last weeks, so what is older goes.
CREATE FUNCTION ensure_seen_partitions(months_ahead integer DEFAULT 3, months_kept integer DEFAULT 3) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  month timestamptz;
  name text;
  changed integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_seen_partitions'));
  FOR i IN -months_kept..months_ahead LOOP
    month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
    name := 'post_seen_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass(name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF post_seen FOR VALUES FROM (%s) TO (%s)', name, id_at(month), id_at(month + interval '1 month'));
      changed := changed + 1;
    END IF;
  END LOOP;
  FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'post_seen'::regclass
    AND c.relname < 'post_seen_' || to_char((date_trunc('month', now(), 'UTC') - make_interval(months => months_kept)) AT TIME ZONE 'UTC', 'YYYY_MM') LOOP
    EXECUTE format('DROP TABLE %I', name);
    changed := changed + 1;
  END LOOP;
  RETURN changed;
END $$;--> statement-breakpoint
SELECT ensure_seen_partitions();
