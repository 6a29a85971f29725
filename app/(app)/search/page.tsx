import type { Metadata } from "next";
import { SuggestedPeople } from "@/components/explore/suggested-people";
import { SearchBox } from "@/components/search/search-box";
import { SEARCH_TYPES, type SearchType } from "@/components/search/search-part";
import { SearchResults } from "@/components/search/search-results";
import { Page } from "@/components/ui/page";
import { TabLinks } from "@/components/ui/tab-links";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Search", robots: { index: false } };

type Props = { searchParams: Promise<{ q?: string | string[]; type?: string | string[] }> };

const NAMES: Record<SearchType, string> = { users: "People", tags: "Tags", places: "Places" };

/** People, tags and places, as one types. */
export default async function SearchPage({ searchParams }: Props) {
  const params = await searchParams;
  const q = [params.q].flat()[0]?.trim().slice(0, 100) ?? "";
  const type = SEARCH_TYPES.find((known) => known === params.type) ?? "users";
  const viewer = await getViewer();
  return (
    <Page title="Search" hideTitle>
      <SearchBox q={q} type={type} viewerId={viewer?.id ?? null}>
        {q ? (
          <>
            <TabLinks
              label="What to search for"
              className="mt-2 px-4 md:px-0"
              items={SEARCH_TYPES.map((kind) => ({ href: `/search?${new URLSearchParams({ q, ...(kind === "users" ? {} : { type: kind }) })}`, text: NAMES[kind], current: kind === type }))}
            />
            <SearchResults viewer={viewer} q={q} type={type} />
          </>
        ) : viewer ? <SuggestedPeople viewer={viewer} count={6} /> : null}
      </SearchBox>
    </Page>
  );
}
