import { namesInWords } from "./wording";

/** Who writes now; it keeps its height, so that nothing moves when somebody begins. */
export function TypingLine({ names }: { names: readonly string[] }) {
  return (
    <p aria-live="off" className="flex h-6 items-center gap-2 px-4 text-sm text-muted md:px-6">
      {names.length > 0 ? (
        <>
          <span aria-hidden="true" className="flex gap-1">{[0, 1, 2].map((dot) => <span key={dot} className="size-1.5 animate-breathe rounded-full bg-muted" style={{ animationDelay: `${dot * 200}ms` }} />)}</span>
          <span className="truncate">{`${namesInWords(names)} ${names.length === 1 ? "is" : "are"} writing…`}</span>
        </>
      ) : null}
    </p>
  );
}
