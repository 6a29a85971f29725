"use client";
// For its author: something of a post is being made anew, or came to nothing. Looks after itself.
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { type Outcome, request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { toast } from "@/components/ui/toast";
import type { ChangeView } from "@/lib/media/types";

/** How often it is asked how far it is, ms. */
const ASK_EVERY = 2_000;

/** How far a change is; null when it is over and done. */
export type ChangeState = Pick<ChangeView, "progress" | "problem"> | null;

type Props<Answer> = {
  change: ChangeView;
  mediaId: string;
  /** Where it is asked how far it is, and what an answer says of it; the same function at each rendering. */
  path: string;
  read: (answer: Answer, mediaId: string) => ChangeState;
  /** Takes the failed wish back, by wishing for what is there, as `answer` says. */
  takeBack: (answer: Answer) => Promise<Outcome<unknown>>;
  going: string;
  failed: string;
  /** Of the progress; and what is said while there is none yet. */
  label: string;
  waiting?: string;
};

export function ChangeNote<Answer>({ change, mediaId, path, read, takeBack, going, failed, label, waiting }: Props<Answer>) {
  const router = useRouter();
  const [{ progress, problem }, setState] = useState<NonNullable<ChangeState>>(change);
  const { progress: servedProgress, problem: servedProblem } = change;
  useEffect(() => setState({ progress: servedProgress, problem: servedProblem }), [servedProgress, servedProblem]);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (problem !== null) return;
    const timer = setInterval(() => void ask(), ASK_EVERY);
    async function ask() {
      const outcome = document.hidden ? null : await request<Answer>("GET", path);
      if (!outcome?.ok) return;
      const now = read(outcome.data, mediaId);
      if (now) return setState(now);
      clearInterval(timer);
      router.refresh();
    }
    return () => clearInterval(timer);
  }, [path, mediaId, read, problem, router]);

  async function dismiss() {
    setBusy(true);
    const now = await request<Answer>("GET", path);
    const outcome = now.ok ? await takeBack(now.data) : now;
    setBusy(false);
    if (!outcome.ok) return toast.error("That did not work", { description: outcome.message });
    router.refresh();
  }

  return (
    <div role="status" className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md bg-sunken px-4 py-3 text-sm">
      {problem === null ? (
        <>
          <p><span className="font-semibold">{going}</span> <span className="text-muted">Until then, people see the old one.</span></p>
          {progress === null ? waiting && <span className="text-muted">{waiting}</span> : <ProgressBar label={label} percent={progress} className="max-w-none" />}
        </>
      ) : (
        <>
          <p className="min-w-0 flex-1 basis-60"><span className="font-semibold">{failed}</span> <span className="text-muted">{`${problem} The old one stays.`}</span></p>
          <Button size="sm" loading={isBusy} onClick={() => void dismiss()}>OK</Button>
        </>
      )}
    </div>
  );
}
