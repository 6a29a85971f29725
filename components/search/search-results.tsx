import { Endless } from "@/components/feed/endless";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchIcon } from "@/components/ui/icons";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreResults } from "./actions";
import { ResultRows } from "./result-rows";
import { type SearchType, searchPart } from "./search-part";

/** What was found for `q`, of one kind. */
export async function SearchResults({ viewer, q, type }: { viewer: Viewer | null; q: string; type: SearchType }) {
  const found = await searchPart(viewer, type, q, null);
  if (found.items.length === 0) {
    return (
      <EmptyState icon={<SearchIcon />} title={`Nothing found for “${q}”`} className="pt-10">
        Check the spelling, or try another word.
      </EmptyState>
    );
  }
  return (
    <>
      <p role="status" className="sr-only">{`${found.items.length}${found.nextCursor ? " or more" : ""} results`}</p>
      <Endless name={`search:${type}:${q}`} next={found.nextCursor} more={moreResults} args={{ q, type }} results className="px-4 pt-3 md:px-0">
        <ResultRows found={found} />
      </Endless>
    </>
  );
}
