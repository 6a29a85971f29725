import { z } from "zod";
import { isKeyPair } from "./push/vapid";

/**
 * The whole configuration, in one validated schema (the only place that reads `process.env`). `npm start` fills in what
 * it embeds. What is missing or wrong is said in one readable message for each thing.
 */
const flag = z.enum(["true", "false", "1", "0", ""]).default("").transform((v) => v === "true" || v === "1");
const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);
const optional = z.string().min(1).optional();

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** Address people type, without a trailing slash; links in mail and Open Graph use it. */
  PUBLIC_URL: z.url().default("http://localhost:3000").transform((v) => v.replace(/\/+$/, "")),
  PORT: count(3000, 0),
  HOST: z.string().default("0.0.0.0"),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://"),
  DATABASE_POOL: count(20),
  /** A streaming replica of the same database, for reading. */
  DATABASE_REPLICA_URL: z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://").optional(),
  /** A replica that is further behind is not read. */
  REPLICA_MAX_LAG_SECONDS: z.coerce.number().min(1, "must be from 1 to 60").max(60, "must be from 1 to 60").default(5),
  /** Redis over RESP; several nodes of a cluster, separated by commas. */
  REDIS_URL: z.string().regex(/^rediss?:\/\/[^,\s]+(\s*,\s*rediss?:\/\/[^,\s]+)*$/, "must begin with redis:// or rediss://, also each of several").optional(),
  /** The one node that REDIS_URL names belongs to a cluster. */
  REDIS_CLUSTER: flag,
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: optional,
  /** S3-compatible storage; without `S3_BUCKET` files lie in `STORAGE_DIR`. */
  S3_BUCKET: optional,
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
  S3_FORCE_PATH_STYLE: flag,
  /** Address at which browsers reach the storage, when it differs from `S3_ENDPOINT`. */
  S3_PUBLIC_ENDPOINT: z.url().optional(),
  STORAGE_DIR: z.string().default(".data/storage"),
  /** A second store, best in another region, that has a copy of every original: a bucket, or a folder on another disk. Keys are those of the first unless given. */
  S3_REPLICA_BUCKET: optional,
  S3_REPLICA_ENDPOINT: z.url().optional(),
  S3_REPLICA_REGION: z.string().default("us-east-1"),
  S3_REPLICA_ACCESS_KEY_ID: optional,
  S3_REPLICA_SECRET_ACCESS_KEY: optional,
  S3_REPLICA_FORCE_PATH_STYLE: flag,
  STORAGE_REPLICA_DIR: optional,
  /** Told which addresses a CDN in front must forget; the secret signs what it is told. */
  CDN_PURGE_URL: z.url().optional(),
  CDN_PURGE_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
  STORAGE_SECRET: z.string().min(32, "must be at least 32 characters"),
  /** Mail server: `smtp://name:password@host:587` or `smtps://…`. Without one mail is kept, and `npm run mail` shows it. */
  SMTP_URL: z.string().regex(/^smtps?:\/\/[^\s/]+/, "must begin with smtp:// or smtps:// and name a server").optional(),
  /** Sender of mail: an address, or `Name <address>`. */
  MAIL_FROM: z.string().regex(/^([^<>\r\n]*<)?[^<>@\s]+@[^<>@\s]+>?$/, "must be an address, or a name and <address>").optional(),
  /** Keys for Web Push, in base64url, in place of those that are made and kept in Postgres; and where push services reach whoever runs the server. */
  VAPID_PUBLIC_KEY: z.string().regex(/^[\w-]{87}$/, "must be 65 bytes in base64url").optional(),
  VAPID_PRIVATE_KEY: z.string().regex(/^[\w-]{43}$/, "must be 32 bytes in base64url").optional(),
  VAPID_SUBJECT: z.string().regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, "must begin with mailto: or https://").optional(),
  /** Push services in one's own network, as origins separated by commas; those of the open internet need not be named. */
  PUSH_HOSTS: z.string().default("").transform((v) => v.split(",").map((one) => one.trim()).filter(Boolean)).refine((list) => list.every((one) => URL.parse(one)?.origin === one && /^https?:/.test(one)), "must name origins, such as https://push.example.lan"),
  AUTH_SECRET: z.string().min(32, "must be at least 32 characters"),
  JOBS_SECRET: z.string().min(32, "must be at least 32 characters"),
  /** Where the worker finds the app server. */
  APP_URL: z.url().default("http://127.0.0.1:3000"),
  /** Another app process, with the same configuration, which does the steps of posting. */
  BACK_URL: z.url().regex(/^http:/, "must begin with http://").optional(),
  /** Believe X-Forwarded-For / -Proto of a proxy in front. */
  TRUST_PROXY: flag,
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  LIMIT_API_PER_MINUTE: count(100),
  LIMIT_API_PERSON_PER_MINUTE: count(600),
  LIMIT_LOGIN_PER_MINUTE: count(10),
  LIMIT_SIGNUP_PER_HOUR: count(20),
  /** Mails with a link that one person, or one name typed, may ask for. */
  LIMIT_MAILS_PER_HOUR: count(5),
  /** Codes of the second step that may be tried for one account. */
  LIMIT_CODES_PER_HOUR: count(20),
  LIMIT_POSTS_PER_HOUR: count(10),
  LIMIT_FOLLOWS_PER_DAY: count(100),
  LIMIT_COMMENTS_PER_MINUTE: count(20),
  LIMIT_REPOSTS_PER_HOUR: count(60),
  LIMIT_REPORTS_PER_HOUR: count(30),
  /** Test notifications that one person may have sent to their devices. */
  LIMIT_PUSH_TESTS_PER_HOUR: count(20),
  LIMIT_MESSAGES_PER_MINUTE: count(60),
  /** Changes of messages and conversations, reactions, and conversations opened. */
  LIMIT_MESSAGE_CHANGES_PER_MINUTE: count(120),
  LIMIT_MESSAGE_READS_PER_MINUTE: count(300),
  LIMIT_TYPING_PER_MINUTE: count(60),
  /** People who do not know one and have not answered yet, to whom one may write. */
  LIMIT_STRANGERS_PER_DAY: count(20),
  /** Messages with links to such people. */
  LIMIT_STRANGER_LINKS_PER_DAY: count(5),
  /** Conversations to which the same words may go. */
  LIMIT_SAME_TEXT_PER_HOUR: count(10),
  /** Streams of events that one process holds open. */
  LIMIT_STREAMS: count(10_000),
  /** Sizes of photos that must be made because nobody asked for them before. */
  LIMIT_WIDTHS_PER_MINUTE: count(60),
  /** Followers above which an author's posts are merged at read time instead of pushed. */
  FEED_PULL_THRESHOLD: count(10_000),
  /** How "For you" is ranked unless a request says otherwise (lib/feed/rankers). */
  FEED_RANKER: z.enum(["default", "engagement-v1", "affinity-v1"]).default("default"),
  /** Reports of which posts were seen, for each person. */
  LIMIT_SEEN_PER_MINUTE: count(120),
  WORKER_CONCURRENCY: count(4),
  /** Makes videos ready; without it, on the PATH or fetched into `DATA_DIR`, only photos are taken. */
  FFMPEG_PATH: optional,
  FFPROBE_PATH: optional,
  /** Where the system's programs are looked for. */
  PATH: z.string().default("/usr/local/bin:/usr/bin:/bin"),
}).refine((config) => !config.CDN_PURGE_URL || config.CDN_PURGE_SECRET, { path: ["CDN_PURGE_SECRET"], message: "is needed with CDN_PURGE_URL" })
  .refine((config) => !config.VAPID_PUBLIC_KEY === !config.VAPID_PRIVATE_KEY, { path: ["VAPID_PRIVATE_KEY"], message: "and VAPID_PUBLIC_KEY go together" })
  .refine((config) => !config.VAPID_PUBLIC_KEY || !config.VAPID_PRIVATE_KEY || isKeyPair({ publicKey: config.VAPID_PUBLIC_KEY, privateKey: config.VAPID_PRIVATE_KEY }), { path: ["VAPID_PRIVATE_KEY"], message: "does not belong to VAPID_PUBLIC_KEY" })
  .refine((config) => config.DATABASE_REPLICA_URL !== config.DATABASE_URL, { path: ["DATABASE_REPLICA_URL"], message: "names the same server as DATABASE_URL; leave it out when there is no replica" });

export type Env = z.infer<typeof schema>;

/** Reads and checks the configuration; throws one error whose message has a line for each thing that is wrong. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")} ${given[String(issue.path[0])] === undefined ? "is missing" : issue.message}`);
  throw new Error(`The configuration is not complete:\n${lines.join("\n")}`);
}

let current: Env | undefined;

/** The process's configuration; read on first use, so that a build needs none. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}

/** Whether people reach us by https; cookies are then `Secure`. */
export const isSecure = () => env().PUBLIC_URL.startsWith("https://");
