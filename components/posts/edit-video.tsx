"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { VideoEditor, type VideoWork } from "@/components/editor/video-editor";
import { request } from "@/components/interactions/request";
import { Dialog } from "@/components/ui/dialog";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Spinner } from "@/components/ui/spinner";
import { TryAgain } from "@/components/ui/try-again";
import { toast } from "@/components/ui/toast";
import { fromEditView, toEditView } from "@/lib/media/edit/view";
import { shapeOfCrop } from "@/lib/media/edit/shapes";
import type { MediaEditState } from "@/lib/posts/media-edits";
import { ChooseItem } from "./choose-item";
import type { VideoSubject } from "./menu-subject";

/** How often it is asked whether the whole video is there, ms. */
const ASK_EVERY = 1_000;

/** Edits a video that is out anew, from the whole of what was brought. */
export function EditVideo({ postId, videos, onClose }: { postId: string; videos: VideoSubject[]; onClose: () => void }) {
  const router = useRouter();
  const [chosen, choose] = useState(videos.length === 1 ? videos[0]!.id : null);
  const { state, problem, again } = useSource(chosen);
  // What it is like when one begins; what comes later is another edit.
  const begun = useRef<MediaEditState | null>(null);
  if (state?.source_url) begun.current ??= state;

  async function save({ edit }: VideoWork) {
    const outcome = await request<MediaEditState>("PUT", `/api/media/${chosen}/edit`, { body: toEditView({ kind: "video", ...edit }) });
    if (!outcome.ok) {
      toast.error("That was not saved", { description: outcome.message });
      return false;
    }
    toast.success("Saved");
    router.refresh();
  }

  if (chosen === null) return <ChooseItem postId={postId} type="video" onChoose={choose} onClose={onClose} />;
  if (!begun.current) return <Waiting percent={state?.source_progress ?? null} problem={problem} onAgain={again} onClose={onClose} />;
  const { source_url: source, is_changing: isChanging } = begun.current;
  const hasSubtitles = videos.some(({ id, subtitles }) => id === chosen && subtitles.length > 0);
  const note = [
    hasSubtitles && "Subtitles move along when you change where the video begins.",
    isChanging && "A new version is being made already; what you save takes its place.",
  ].filter(Boolean).join(" ");
  return <VideoEditor source={source!} label="video" work={workOf(begun.current)} note={note} done="Save" onDone={save} onClose={onClose} />;
}

function Waiting({ percent, problem, onAgain, onClose }: { percent: number | null; problem: string | null; onAgain: () => void; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Edit video">
      {problem ? (
        <TryAgain problem={problem} onAgain={onAgain} />
      ) : (
        <div role="status" className="flex flex-col items-center gap-4 px-4 py-8 text-center">
          <Spinner className="text-2xl text-accent" />
          <p className="font-semibold">{percent === null ? "Opening…" : "Fetching the whole video for you to edit…"}</p>
          {percent === null ? null : <ProgressBar label="Whole video" percent={percent} />}
          {percent === null ? null : <p className="max-w-xs text-sm text-muted">What you cut away is kept for you alone. You can close this and come back.</p>}
        </div>
      )}
    </Dialog>
  );
}

/** Asks for the whole video until it is there. */
function useSource(mediaId: string | null) {
  const [state, setState] = useState<MediaEditState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (mediaId === null) return;
    let timer: ReturnType<typeof setTimeout>;
    let isWanted = true;
    const ask = async (method: "GET" | "POST", path: string) => {
      const outcome = await request<MediaEditState>(method, path);
      if (!isWanted) return;
      if (!outcome.ok) return setProblem(outcome.message);
      setState(outcome.data);
      if (outcome.data.source_url) return;
      if (outcome.data.source_problem) return setProblem(outcome.data.source_problem);
      timer = setTimeout(() => void ask("GET", `/api/media/${mediaId}/edit`), ASK_EVERY);
    };
    void ask("POST", `/api/media/${mediaId}/edit/source`);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [mediaId, attempt]);
  return { state, problem, again: () => (setProblem(null), setAttempt(attempt + 1)) };
}

function workOf({ edit, width, height }: MediaEditState): VideoWork {
  const video = edit && fromEditView(edit);
  if (video?.kind !== "video") return { edit: { trim: null, cover: null, isMuted: false, crop: null }, shape: "original" };
  const { kind: _kind, ...rest } = video;
  return { edit: rest, shape: shapeOfCrop(rest.crop, { width, height }) };
}
