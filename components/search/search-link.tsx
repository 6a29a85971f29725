import Link from "next/link";
import { SearchIcon } from "@/components/ui/icons";

/** Looks like the field of the search page, and leads to it. */
export function SearchLink() {
  return (
    <div className="px-4 pb-4 md:px-0">
      <Link href="/search" prefetch={false} className="mx-auto flex min-h-12 w-full max-w-column items-center gap-3 rounded-full bg-sunken px-4 text-base text-muted hover:text-ink">
        <SearchIcon className="size-5" />
        Search people, tags and places
      </Link>
    </div>
  );
}
