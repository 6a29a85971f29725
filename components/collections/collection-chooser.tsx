"use client";
import { useState } from "react";
import { intend } from "@/components/interactions/intention";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { noteSaved } from "@/components/interactions/use-saved";
import { Button } from "@/components/ui/button";
import { CheckSquare } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { PlusIcon, UsersIcon } from "@/components/ui/icons";
import { Loading, PersonSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import type { CollectionView } from "@/lib/interactions/types";
import { CollectionCover } from "./collection-cover";
import { CollectionName } from "./collection-name";

/** In which collections a post is, and new ones. What goes into one is saved. */
export function CollectionChooser({ postId, onClose }: { postId: string; onClose: () => void }) {
  const { data, problem, again, set } = useLoaded<{ collections: CollectionView[] }>(`/api/collections?limit=100&post_id=${postId}`);
  const [isNaming, setNaming] = useState(false);
  const [hasWords, setHasWords] = useState(false);

  function put({ id, name, has_post = false }: CollectionView, on: boolean) {
    void intend(`collection:${id}:${postId}`, { on: has_post, count: null }, on, {
      send: async (target) => {
        const outcome = await request<object>(target ? "PUT" : "DELETE", `/api/collections/${id}/posts/${postId}`, target ? { body: {} } : {});
        if (outcome.ok && target) noteSaved(postId, outcome.at);
        return outcome;
      },
      show: (next) => set(({ collections }) => ({ collections: collections.map((one) => (one.id === id ? { ...one, has_post: next.on } : one)) })),
      failed: (message) => toast.error(on ? `It did not go into “${name}”` : `It is still in “${name}”`, { description: message }),
    });
  }

  function endNaming() {
    setNaming(false);
    setHasWords(false);
  }

  return (
    <Dialog open onOpenChange={onClose} guard={hasWords} title={isNaming ? "New collection" : "Collections"} size="sm">
      {isNaming ? (
        <CollectionName
          postId={postId}
          submit="Create"
          onWords={setHasWords}
          onDone={(made, at) => {
            noteSaved(postId, at);
            set(({ collections }) => ({ collections: [{ ...made, has_post: true }, ...collections] }));
            endNaming();
          }}
        >
          <Button variant="ghost" onClick={endNaming}>Back</Button>
        </CollectionName>
      ) : (
        <>
          <Button full icon={<PlusIcon className="size-5" />} onClick={() => setNaming(true)}>New collection</Button>
          <div className="mt-4">
            {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Loading label="Loading collections"><PersonSkeleton /><PersonSkeleton /></Loading> : null}
            {data?.collections.length === 0 ? <p className="py-4 text-center text-ui text-muted">You have no collections yet.</p> : null}
            <ul>{data?.collections.map((one) => <Choice key={one.id} collection={one} onChange={(on) => put(one, on)} />)}</ul>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Choice({ collection, onChange }: { collection: CollectionView; onChange: (on: boolean) => void }) {
  const { name, cover, has_post = false, member_count, owner, role } = collection;
  return (
    <li>
      <label className="-mx-2 flex min-h-16 cursor-pointer items-center gap-3 rounded-md px-2 py-1.5 hover:bg-sunken">
        <CollectionCover cover={cover} className="size-12 shrink-0 rounded-sm" />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate text-ui font-semibold">{name}</bdi>
          {role === "member" || member_count > 0 ? <span className="flex items-center gap-1.5 text-sm text-muted"><UsersIcon className="size-4" />{role === "member" ? `By ${owner.username}` : "Shared"}</span> : null}
        </span>
        <CheckSquare checked={has_post} onChange={(event) => onChange(event.target.checked)} />
      </label>
    </li>
  );
}
