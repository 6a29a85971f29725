import { Loading, PostSkeleton } from "@/components/ui/skeleton";

export function FeedSkeleton() {
  return (
    <Loading label="Loading posts" className="flex flex-col gap-8">
      <PostSkeleton />
      <PostSkeleton />
    </Loading>
  );
}
