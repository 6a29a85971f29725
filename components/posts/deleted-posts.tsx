import { servedAt } from "@/components/interactions/served-at";
import { EmptyState } from "@/components/ui/empty-state";
import { TrashIcon } from "@/components/ui/icons";
import type { DeletedPostView } from "@/lib/posts/types";
import { DeletedActions } from "./deleted-actions";

const DAY_MS = 86_400_000;

/** One's own deleted posts with what can be done about them. */
export function DeletedPosts({ deleted }: { deleted: DeletedPostView[] }) {
  if (deleted.length === 0) return <EmptyState icon={<TrashIcon />} title="Nothing here">Posts that you delete stay here for 30 days.</EmptyState>;
  const now = servedAt();
  return (
    <ul className="flex flex-col divide-y border-y">
      {deleted.map(({ post, purged_at }) => (
        <Row key={post.id} post={post} daysLeft={Math.max(1, Math.ceil((Date.parse(purged_at) - now) / DAY_MS))} />
      ))}
    </ul>
  );
}

function Row({ post, daysLeft }: { post: DeletedPostView["post"]; daysLeft: number }) {
  const [cover] = post.media;
  const name = post.caption || cover?.alt || "Post without words";
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="size-16 shrink-0 overflow-hidden rounded-md bg-sunken">
          {cover?.state === "ready" ? <img src={cover.urls["150"]} alt={cover.alt} width={64} height={64} loading="lazy" className="size-full object-cover" /> : null}
        </span>
        <div className="min-w-0 flex-1 basis-40">
          <p dir="auto" className="line-clamp-2 text-ui font-medium break-words">{name}</p>
          <p className="text-sm text-muted">{daysLeft === 1 ? "Gone for good within a day" : `${daysLeft} days left`}</p>
        </div>
        <DeletedActions postId={post.id} name={name.slice(0, 30)} />
      </div>
    </li>
  );
}
