"use client";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon, SearchIcon } from "@/components/ui/icons";
import { forgetAllSearches, forgetSearch, useRememberedSearches } from "./remembered";

export function RecentSearches({ viewerId, choose }: { viewerId: string | null; choose: (text: string) => void }) {
  const recent = useRememberedSearches(viewerId);
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="px-4 pt-6 md:px-0">
      <div className="flex items-center justify-between">
        <h2 id="recent" className="text-lg">Recent</h2>
        <button type="button" onClick={() => forgetAllSearches(viewerId)} className="min-h-11 rounded-sm px-2 text-sm font-semibold text-accent hover:underline">Clear all</button>
      </div>
      <ul>
        {recent.map((text) => (
          <li key={text} className="flex items-center">
            <button type="button" onClick={() => choose(text)} className="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-sm text-left text-ui">
              <SearchIcon className="size-5 shrink-0 text-muted" />
              <bdi className="truncate">{text}</bdi>
            </button>
            <IconButton label={`Forget ${text}`} tone="muted" onClick={() => forgetSearch(viewerId, text)}><CloseIcon className="size-5!" /></IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
