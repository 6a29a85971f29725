import "server-only";
import { headers } from "next/headers";
import { after } from "next/server";
import { isVisit, recordSeen, recordVisitor } from "@/lib/feed/seen";
import { clientAddress } from "@/lib/platform/http/address";
import { log } from "@/lib/platform/log";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";

/** Counts the visit of a post's page once the page is out. */
export async function noteVisit({ post, viewer }: { post: PostView; viewer: Viewer | null }): Promise<void> {
  const asked = await headers();
  if (post.status !== "published" || !isVisit(asked)) return;
  const address = clientAddress(asked);
  after(async () => {
    if (!viewer) return recordVisitor(post.id, address);
    await recordSeen(viewer, [post.id]).catch((error: unknown) => log().debug({ err: error }, "a visit was not counted"));
  });
}
