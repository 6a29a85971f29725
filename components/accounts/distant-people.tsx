// <DistantPeople viewer={viewer} kind="block" />   People one keeps at a distance, or near, each with the way back.
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreDistant } from "./distant-actions";
import { listDistant } from "./distant-lists";
import { DistantRows } from "./distant-rows";
import { ShowMore } from "./show-more";
import type { Distance } from "./take-back";

const NOBODY = {
  block: "You have blocked nobody.", mute: "You have muted nobody.", restrict: "You have restricted nobody.", favourite: "You have no favourites yet. Add people you follow by the menu of their profile.",
} as const;

const LABELS = { block: "Blocked people", mute: "Muted people", restrict: "Restricted people", favourite: "Favourites" } as const;

/** People of a list before one asks for more. */
const FIRST = 20;

export async function DistantPeople({ viewer, kind }: { viewer: Viewer; kind: Distance }) {
  const people = await listDistant(viewer, kind, { limit: FIRST, cursor: null });
  if (people.items.length === 0) return <p className="text-ui text-muted">{NOBODY[kind]}</p>;
  return (
    <ShowMore next={people.nextCursor} more={moreDistant} args={{ kind }} label={LABELS[kind]}>
      <DistantRows kind={kind} people={people.items} />
    </ShowMore>
  );
}
