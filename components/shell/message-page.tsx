// A page that has only something to say: not found, failed, offline.
import type { ReactNode } from "react";

type Props = { title: string; children: ReactNode; actions: ReactNode; note?: ReactNode };

export function MessagePage({ title, children, actions, note }: Props) {
  return (
    <div className="mx-auto flex min-h-[70dvh] w-full max-w-md flex-col items-center justify-center px-6 py-16 text-center">
      <SetSun />
      <h1 className="mt-8 text-2xl">{title}</h1>
      <p className="mt-3 text-base text-muted">{children}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">{actions}</div>
      {note ? <p className="mt-8 text-sm text-muted">{note}</p> : null}
    </div>
  );
}

/** The mark, gone below the horizon but for its rim, with the last glints on the water. */
function SetSun() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" className="w-60" fill="none" strokeLinecap="round">
      <path d="M72 72a48 48 0 0 1 96 0z" fill="var(--accent)" />
      <g stroke="var(--accent)" strokeWidth="3" opacity="0.5">
        <path d="M120 6v8M78.500 16.500l4 7M161.500 16.500l-4 7M48.500 47l7 4M191.500 47l-7 4" />
      </g>
      <path d="M8 72h224" stroke="var(--strong)" strokeWidth="2" />
      <g stroke="var(--accent)" strokeWidth="4" opacity="0.75">
        <path d="M84 84h72M98 95h6M116 95h26M108 106h24M120 116h.1" />
      </g>
    </svg>
  );
}
