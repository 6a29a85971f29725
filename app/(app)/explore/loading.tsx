import { ExploreSkeleton } from "@/components/explore/explore-skeleton";
import { SearchLink } from "@/components/search/search-link";
import { Page } from "@/components/ui/page";

export default function ExploreLoading() {
  return (
    <Page title="Explore" width="page" hideTitle>
      <SearchLink />
      <ExploreSkeleton />
    </Page>
  );
}
