"use client";
// For its author: a new version of a video is being made, or came to nothing. Looks after itself.
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { toast } from "@/components/ui/toast";
import type { ChangeView } from "@/lib/media/types";
import type { MediaEditState } from "@/lib/posts/media-edits";

/** How often it is asked how far it is, ms. */
const ASK_EVERY = 2_000;

type Props = { mediaId: string; /** "Video 2", where there are several. */ name: string; change: ChangeView };

export function VideoChange({ mediaId, name, change }: Props) {
  const router = useRouter();
  const [{ progress, problem }, setState] = useState(change);
  const { progress: servedProgress, problem: servedProblem } = change;
  useEffect(() => setState({ progress: servedProgress, problem: servedProblem }), [servedProgress, servedProblem]);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (problem !== null) return;
    const timer = setInterval(() => void ask(), ASK_EVERY);
    async function ask() {
      const outcome = document.hidden ? null : await request<MediaEditState>("GET", `/api/media/${mediaId}/edit`);
      if (!outcome?.ok) return;
      if (outcome.data.is_changing) return setState({ progress: outcome.data.progress, problem: null });
      if (outcome.data.problem) return setState({ progress: null, problem: outcome.data.problem });
      clearInterval(timer);
      router.refresh();
    }
    return () => clearInterval(timer);
  }, [mediaId, problem, router]);

  /** To wish for what is there already takes the failed wish back. */
  async function dismiss() {
    setBusy(true);
    const now = await request<MediaEditState>("GET", `/api/media/${mediaId}/edit`);
    const outcome = now.ok ? await request("PUT", `/api/media/${mediaId}/edit`, { body: now.data.edit ?? { kind: "video" } }) : now;
    setBusy(false);
    if (!outcome.ok) return toast.error("That did not work", { description: outcome.message });
    router.refresh();
  }

  return (
    <div role="status" className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md bg-sunken px-4 py-3 text-sm">
      {problem === null ? (
        <>
          <p><span className="font-semibold">{`A new version of ${name} is being made.`}</span> <span className="text-muted">Until then, people see the old one.</span></p>
          {progress === null ? <span className="text-muted">Waiting for its turn…</span> : <ProgressBar label="New version" percent={progress} className="max-w-none" />}
        </>
      ) : (
        <>
          <p className="min-w-0 flex-1 basis-60"><span className="font-semibold">{`${name.charAt(0).toUpperCase()}${name.slice(1)} was not changed.`}</span> <span className="text-muted">{`${problem} The old version stays.`}</span></p>
          <Button size="sm" loading={isBusy} onClick={() => void dismiss()}>OK</Button>
        </>
      )}
    </div>
  );
}
