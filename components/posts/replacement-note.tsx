"use client";
import { request } from "@/components/interactions/request";
import type { ChangeView } from "@/lib/media/types";
import type { PostView } from "@/lib/posts/types";
import { ChangeNote, type ChangeState } from "./change-note";

type Props = { postId: string; mediaId: string; /** "photo 2", where there are several. */ name: string; change: ChangeView };

const read = ({ media }: PostView, mediaId: string): ChangeState => media.find((item) => item.id === mediaId)?.change ?? null;

/** Another file is to take the place of an item, or could not be prepared. */
export function ReplacementNote({ postId, mediaId, name, change }: Props) {
  const path = `/api/posts/${postId}`;
  return (
    <ChangeNote
      change={change} mediaId={mediaId} path={path} read={read}
      takeBack={({ media }: PostView) => request("PATCH", path, { body: { media: media.map(({ id }) => ({ id })) } })}
      going={`The new ${name} is being prepared.`} failed={`The ${name} was not replaced.`} label="New file"
    />
  );
}
