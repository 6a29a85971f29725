import type { JobDefinition } from "@/lib/platform/jobs/define";
import { jobs as feed } from "@/lib/feed/jobs";
import { jobs as media } from "@/lib/media/jobs";
import { jobs as notifications } from "@/lib/notifications/jobs";
import { jobs as posts } from "@/lib/posts/jobs";

/**
 * The one registry of jobs: what is not in it has no queue, no address and no worker. Each domain lists its own in
 * `lib/<domain>/jobs.ts`.
 */
export const registry: readonly JobDefinition[] = [...media, ...posts, ...feed, ...notifications];
