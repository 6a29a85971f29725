import { Endless } from "@/components/feed/endless";
import { listCircleMembers } from "@/lib/graph/circle-queries";
import type { CircleView } from "@/lib/graph/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { CircleRows } from "./circle-rows";
import { moreCirclePeople } from "./list-actions";

/** Who is in a circle, who came last first. */
export async function CirclePeople({ viewer, circle }: { viewer: Viewer; circle: CircleView }) {
  const slice = await listCircleMembers(viewer, circle.id, { limit: 30, cursor: null });
  if (slice.items.length === 0) return <p className="mt-6 text-ui text-muted">Nobody is in it yet.</p>;
  return (
    <Endless name={`circle:${circle.id}`} next={slice.nextCursor} more={moreCirclePeople} args={{ circle_id: circle.id }} className="mt-6">
      <CircleRows circleId={circle.id} people={slice.items} />
    </Endless>
  );
}
