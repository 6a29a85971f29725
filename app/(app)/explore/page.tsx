import type { Metadata } from "next";
import { ExploreGrid } from "@/components/explore/explore-grid";
import { SearchLink } from "@/components/search/search-link";
import { Page } from "@/components/ui/page";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Explore", robots: { index: false } };

/** Photos from people one does not follow yet. */
export default async function ExplorePage() {
  return (
    <Page title="Explore" width="page" hideTitle>
      <SearchLink />
      <ExploreGrid viewer={await getViewer()} />
    </Page>
  );
}
