"use client";
import type { ReactNode } from "react";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { TileCover } from "@/components/posts/cover";
import { Dialog } from "@/components/ui/dialog";
import { GridSkeleton, Loading } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import type { PostView } from "@/lib/posts/types";

type Props = { collectionId: string; onClose: () => void; onDone: () => void };

/** Chooses the post by which a collection is known. */
export function CoverDialog({ collectionId, onClose, onDone }: Props) {
  const { data, problem, again } = useLoaded<{ posts: PostView[] }>(`/api/collections/${collectionId}/posts?limit=60`);

  async function choose(cover_post_id: string) {
    const outcome = await request("PATCH", `/api/collections/${collectionId}`, { body: { cover_post_id } });
    if (!outcome.ok) return toast.error("The cover was not changed", { description: outcome.message });
    onDone();
  }

  return (
    <Dialog open onOpenChange={onClose} title="Choose the cover">
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Loading label="Loading posts"><GridSkeleton count={6} /></Loading> : (
        <ul className="grid grid-cols-3 gap-1.5">
          {data.posts.map(({ id, media: [first], user, cover }) => (
            <li key={id}>
              <button type="button" onClick={() => void choose(id)} className="block aspect-square w-full overflow-hidden rounded-sm bg-sunken hover:opacity-90">
                <MaybeCovered postId={id} why={cover} author={user.username}>
                  <img src={first?.urls["320"]} alt={first?.alt || `Post by ${user.username}`} loading="lazy" className="size-full object-cover" />
                </MaybeCovered>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function MaybeCovered({ postId, why, author, children }: { postId: string; why: PostView["cover"]; author: string; children: ReactNode }) {
  return why === null ? children : <TileCover postId={postId} why={why} author={author} colour={null}>{children}</TileCover>;
}
