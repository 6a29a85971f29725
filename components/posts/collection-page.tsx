import type { ReactNode } from "react";

type Props = { icon: ReactNode; title: string; note: ReactNode; children: ReactNode };

/** The page of a hashtag or a place. */
export function CollectionPage({ icon, title, note, children }: Props) {
  return (
    <div className="mx-auto w-full max-w-page pt-5 pb-16 md:px-6 md:pt-10">
      <header className="flex items-center gap-4 px-4 pb-5 md:px-0">
        <span aria-hidden="true" className="flex size-16 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent [&>svg]:size-7">{icon}</span>
        <div className="min-w-0">
          <h1 dir="auto" className="line-clamp-3 text-2xl break-words">{title}</h1>
          <p className="text-ui text-muted">{note}</p>
        </div>
      </header>
      {children}
    </div>
  );
}
