import type { JobDefinition } from "@/lib/platform/jobs/define";
import { jobs as accounts } from "@/lib/accounts/jobs";
import { jobs as exports } from "@/lib/exports/jobs";
import { jobs as feed } from "@/lib/feed/jobs";
import { jobs as graph } from "@/lib/graph/jobs";
import { jobs as interactions } from "@/lib/interactions/jobs";
import { jobs as leaving } from "@/lib/leaving/jobs";
import { jobs as media } from "@/lib/media/jobs";
import { jobs as messages } from "@/lib/messages/jobs";
import { jobs as notifications } from "@/lib/notifications/jobs";
import { jobs as mail } from "@/lib/platform/mail/jobs";
import { jobs as upkeep } from "@/lib/platform/jobs/upkeep";
import { jobs as posts } from "@/lib/posts/jobs";

/**
 * The one registry of jobs: what is not in it has no queue, no address and no worker. Each domain lists its own in
 * `lib/<domain>/jobs.ts`.
 */
export const registry: readonly JobDefinition[] = [...upkeep, ...mail, ...accounts, ...graph, ...media, ...posts, ...interactions, ...feed, ...messages, ...notifications, ...exports, ...leaving];
