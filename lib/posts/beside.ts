import "server-only";
import type { PersonOnPhoto } from "@/lib/media/types";
import type { Frame } from "./frames";
import { listRefused, type Refused } from "./mentions";
import { listPackedReactions } from "./reactions";
import { readCollaborators } from "./shown-collaborators";
import { readPeople } from "./shown-people";
import type { CollaboratorView } from "./types";
import { listUncounted, type Uncounted } from "./uncounted";
import type { PassingRow } from "./views";

/** What of a page of posts stands in rows of others and is read by itself, as far as the viewer may see it. */
export type Beside = {
  /** Who of those named refused that. */
  refused: Refused;
  /** The emoji on each post (packed, by its id). */
  reactions: ReadonlyMap<string, string>;
  /** The people on each photo, by its id. */
  people: ReadonlyMap<string, PersonOnPhoto[]>;
  /** Further authors of each post, by its id. */
  collaborators: ReadonlyMap<string, CollaboratorView[]>;
  /** What of each post's counters is by people who are not there for the viewer, by its id. */
  uncounted: ReadonlyMap<string, Uncounted>;
};

const NONE: Beside["uncounted"] = new Map();

type Read = { row: { id: string; author_id: string }; frame: Frame; now: Pick<PassingRow, "id" | "has_reactions" | "has_blocks"> };

/** Reads that, by one statement for each kind however many the posts; none where there is nothing of it. `viewerId`: whose reactions are marked as theirs. */
export async function readBeside(viewerId: string | null, posts: readonly Read[]): Promise<Beside> {
  const viewer = viewerId === null ? null : { id: viewerId };
  const idsOf = (has: (post: Read) => boolean) => posts.filter(has).map(({ row }) => row.id);
  const hasBlocks = viewerId !== null && posts.some(({ now }) => now.has_blocks);
  const [refused, reactions, people, collaborators, uncounted] = await Promise.all([
    listRefused(posts.map(({ row, frame }) => ({ writerId: row.author_id, names: frame.mentions }))),
    listPackedReactions(viewerId, idsOf(({ now }) => now.has_reactions), hasBlocks),
    readPeople(viewer, idsOf(({ frame }) => frame.hasPeople)),
    readCollaborators(viewer, idsOf(({ frame }) => frame.hasCollaborators)),
    hasBlocks ? listUncounted(viewerId, idsOf(() => true)) : NONE,
  ]);
  return { refused, reactions, people, collaborators, uncounted };
}
