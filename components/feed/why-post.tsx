"use client";
import { Dialog } from "@/components/ui/dialog";
import type { ReasonView } from "@/lib/feed/types";

type Props = { reason: ReasonView | null; author: string; isOwn: boolean; onClose: () => void };

/** Where a post comes from, and the parts of its score as they were added up. */
export function WhyPost({ reason, author, isOwn, onClose }: Props) {
  return (
    <Dialog open onOpenChange={onClose} title="Why this post?">
      {reason === null ? <ByTime author={author} isOwn={isOwn} /> : <ByScore reason={reason} />}
    </Dialog>
  );
}

function ByTime({ author, isOwn }: { author: string; isOwn: boolean }) {
  return (
    <>
      <p className="text-lg font-semibold">{isOwn ? "It is yours" : `You follow ${author}`}</p>
      <p className="mt-2 text-ui text-muted">Following shows everything by you and the people you follow, newest first. Nothing is ranked, and nothing is left out but what you muted, snoozed or put away.</p>
    </>
  );
}

/** What rounds to nothing is not told. */
const TOLD = 0.05;
const number = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

function ByScore({ reason }: { reason: ReasonView }) {
  const terms = reason.terms.filter((term) => Math.abs(term.value) >= TOLD).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const widest = Math.max(...terms.map((term) => Math.abs(term.value)), 0.001);
  const total = reason.terms.reduce((sum, term) => sum + term.value, 0);
  return (
    <>
      <p className="text-lg font-semibold">{reason.text}</p>
      <p className="mt-1 text-ui text-muted">What counted for its place, and how much:</p>
      <ul className="mt-5 flex flex-col gap-4">
        {terms.map(({ name, value, text }) => (
          <li key={name}>
            <div className="flex items-baseline justify-between gap-4">
              <span className="min-w-0 text-ui">{text}</span>
              <span className="tabular shrink-0 text-sm font-semibold">{number(value)}</span>
            </div>
            <Bar share={value / widest} />
          </li>
        ))}
      </ul>
      <p className="mt-6 flex justify-between border-t pt-4 text-ui font-semibold">
        <span>Together</span>
        <span className="tabular">{number(total)}</span>
      </p>
    </>
  );
}

/** From the middle to the right what speaks for it, to the left what speaks against. */
function Bar({ share }: { share: number }) {
  const width = `${Math.max(1, Math.abs(share) * 50)}%`;
  return (
    <div aria-hidden="true" className="relative mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken">
      <span className={share < 0 ? "absolute inset-y-0 right-1/2 bg-strong" : "absolute inset-y-0 left-1/2 bg-accent-vivid"} style={{ width }} />
      <span className="absolute inset-y-0 left-1/2 w-px bg-paper" />
    </div>
  );
}
