"use client";
import { useState } from "react";
import { useLoaded } from "@/components/interactions/use-loaded";
import { CoveredAct, CoveredLine } from "@/components/ui/covered-line";
import { Dialog } from "@/components/ui/dialog";
import { ImageIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { TryAgain } from "@/components/ui/try-again";
import type { PostVersionView, PostView } from "@/lib/posts/types";
import { uncover, useUncovered, WHY, type Why } from "./cover";

const WORDS = { caption: "the caption", order: "the order of the photos", photos: "the photos" } as const;

type Props = Pick<PostView, "cover"> & { postId: string; onClose: () => void };

/** What a post was before it was edited, newest first; covered as the post is, and for words that only stood in an earlier caption. */
export function VersionsSheet({ postId, cover, onClose }: Props) {
  const isShown = useUncovered(postId);
  const [asked, setAsked] = useState<Why | null>(null);
  const uncovered = isShown && asked !== "word" ? (cover ?? asked) : asked;
  const { data, problem, again } = useLoaded<{ versions: PostVersionView[] }>(`/api/posts/${postId}/versions${uncovered ? `?uncovered=${uncovered}` : ""}`);

  function show(why: Why) {
    setAsked(why);
    if (why === cover) uncover(postId);
  }

  return (
    <Dialog open onOpenChange={onClose} title="Earlier versions">
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Skeleton className="h-40 w-full" /> : null}
      {data ? (
        data.versions.length === 0 ? <p className="text-ui text-muted">Only small things were changed, such as a photo’s editing or its description.</p> : (
          <ol className="flex flex-col divide-y">
            {data.versions.map((version) => <Version key={version.id} version={version} onShow={show} />)}
          </ol>
        )
      ) : null}
    </Dialog>
  );
}

function Version({ version: { caption, media, cover, changed, until }, onShow }: { version: PostVersionView; onShow: (why: Why) => void }) {
  const what = changed.map((part) => WORDS[part]).join(" and ");
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <p className="text-sm text-muted">Until <RelativeTime value={until} length="long" />{what ? `, before ${what} changed` : ""}</p>
      {cover ? <CoveredLine label={WHY[cover].title} text={WHY[cover].text}><CoveredAct onAct={() => onShow(cover)}>Show</CoveredAct></CoveredLine> : <Content caption={caption} media={media} />}
    </li>
  );
}

function Content({ caption, media }: Pick<PostVersionView, "caption" | "media">) {
  return (
    <>
      <ul className="flex gap-2 overflow-x-auto">
        {media.map((item, index) => (
          <li key={item?.id ?? index} className="shrink-0">
            {item ? (
              <a href={item.urls["1080"]} target="_blank" rel="noopener noreferrer" className="block size-24 overflow-hidden rounded-md bg-sunken">
                <img src={item.urls["320"]} alt={item.alt || `Photo ${index + 1} of this version`} loading="lazy" className="size-full object-cover" />
              </a>
            ) : (
              <span className="flex size-24 flex-col items-center justify-center gap-1 rounded-md bg-sunken text-xs text-muted"><ImageIcon className="size-6" />Removed</span>
            )}
          </li>
        ))}
      </ul>
      {caption ? <p dir="auto" className="text-ui break-words whitespace-pre-line">{caption}</p> : <p className="text-ui text-muted">No caption</p>}
    </>
  );
}
