// A page that has only something to say: not found, failed, offline.
import type { ReactNode } from "react";

type Kind = "set" | "cloud" | "offline";
type Props = { kind?: Kind; title: string; children: ReactNode; actions: ReactNode; note?: ReactNode };

export function MessagePage({ kind = "set", title, children, actions, note }: Props) {
  return (
    <div className="mx-auto flex min-h-[70dvh] w-full max-w-md flex-col items-center justify-center px-6 py-16 text-center">
      <Sky kind={kind} />
      <h1 className="mt-8 text-2xl">{title}</h1>
      <p className="mt-3 text-base text-muted">{children}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">{actions}</div>
      {note ? <p className="mt-8 text-sm text-muted">{note}</p> : null}
    </div>
  );
}

/** Three small skies: the sun gone down (nothing here), behind a cloud (failed), and with no ray reaching us (offline). */
function Sky({ kind }: { kind: Kind }) {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" className="w-60" fill="none" strokeLinecap="round" strokeLinejoin="round">
      <path d="M72 72a48 48 0 0 1 96 0z" fill={kind === "offline" ? "var(--sunken)" : "var(--accent-vivid)"} stroke={kind === "offline" ? "var(--strong)" : undefined} strokeWidth="2" />
      {kind === "offline" ? null : (
        <path d="M120 6v8M78.5 16.5l4 7M161.5 16.5l-4 7M48.5 47l7 4M191.5 47l-7 4" stroke="var(--accent-vivid)" strokeWidth="3" opacity="0.55" />
      )}
      <path d="M8 72h224" stroke="var(--strong)" strokeWidth="2" />
      <path
        d="M84 84h72M98 95h6M116 95h26M108 106h24M120 116h.1"
        stroke={kind === "offline" ? "var(--line)" : "var(--accent-vivid)"}
        strokeWidth="4"
        opacity={kind === "offline" ? 1 : 0.75}
      />
      {kind === "cloud" ? (
        <path
          d="M106 66h72a17 17 0 0 0 2-33.900 25 25 0 0 0-47-8.200 21 21 0 0 0-27 20 11.500 11.500 0 0 0 0 22.100z"
          fill="var(--surface)"
          stroke="var(--strong)"
          strokeWidth="2"
        />
      ) : null}
    </svg>
  );
}
