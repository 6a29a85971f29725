// <FollowRequests viewer={viewer} />   Who asks to follow a private account; nothing at all when nobody does.
import { Endless } from "@/components/feed/endless";
import { listFollowRequests } from "@/lib/graph/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreRequests } from "./list-actions";
import { RequestRow } from "./request-row";

export async function FollowRequests({ viewer, heading = "Follow requests" }: { viewer: Viewer; heading?: string }) {
  const slice = await listFollowRequests(viewer, { limit: 20, cursor: null });
  if (slice.items.length === 0) return null;
  return (
    <section aria-labelledby="follow-requests">
      <h2 id="follow-requests" className="mb-3 text-xl">{heading}</h2>
      <Endless name="follow-requests" next={slice.nextCursor} more={moreRequests} args={{}}>
        {slice.items.map((user) => <RequestRow key={user.id} user={user} />)}
      </Endless>
    </section>
  );
}
