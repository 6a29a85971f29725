"use client";
import { request } from "@/components/interactions/request";
import type { ChangeView } from "@/lib/media/types";
import type { MediaEditState } from "@/lib/posts/media-edits";
import { ChangeNote, type ChangeState } from "./change-note";

type Props = { mediaId: string; /** "Video 2", where there are several. */ name: string; change: ChangeView };

function read({ is_changing, progress, problem }: MediaEditState): ChangeState {
  if (is_changing) return { progress, problem: null };
  return problem ? { progress: null, problem } : null;
}

/** A new version of a video is being made, or came to nothing. */
export function VideoChange({ mediaId, name, change }: Props) {
  const path = `/api/media/${mediaId}/edit`;
  return (
    <ChangeNote
      change={change} mediaId={mediaId} path={path} read={read}
      takeBack={({ edit }: MediaEditState) => request("PUT", path, { body: edit ?? { kind: "video" } })}
      going={`A new version of ${name} is being made.`} failed={`${name.charAt(0).toUpperCase()}${name.slice(1)} was not changed.`} label="New version" waiting="Waiting for its turn…"
    />
  );
}
