import { CheckIcon } from "@/components/ui/icons";

/** Between what is new and what was seen before, or at the end: a good place to be. */
export function CaughtUp({ isEnd }: { isEnd: boolean }) {
  return (
    <div role="note" className="mb-8 flex flex-col items-center gap-2 border-y px-6 py-8 text-center">
      <span aria-hidden="true" className="flex size-12 items-center justify-center rounded-full bg-accent-soft text-accent">
        <CheckIcon />
      </span>
      <p className="mt-1 text-lg font-semibold">You’re all caught up</p>
      <p className="text-ui text-muted">{isEnd ? "That was everything from the people you follow." : "What follows you have seen before."}</p>
    </div>
  );
}
