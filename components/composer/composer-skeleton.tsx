import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

export function ComposerSkeleton() {
  return (
    <Page title="New post">
      <Skeleton className="mx-4 min-h-[55dvh] rounded-xl md:mx-0" />
      <noscript>
        <p className="mx-4 mt-4 text-ui text-muted md:mx-0">Posting photos needs JavaScript.</p>
      </noscript>
    </Page>
  );
}
