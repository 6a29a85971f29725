import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/mark";
import { SkipLink } from "./skip-link";
import { VisitorActions } from "./visitor-actions";

/** The slim frame around what signed-out visitors may see: public posts, profiles, tags, and the landing page. */
export function VisitorShell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="pad-safe-t sticky top-0 z-30 bg-paper">
        <div className="mx-auto flex h-16 w-full max-w-[76rem] items-center justify-between pad-safe-x md:h-18 md:px-8">
          <Link href="/" aria-label="Heliograph" prefetch={false} className="flex min-h-11 items-center rounded-md">
            <Wordmark />
          </Link>
          <VisitorActions />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col focus:outline-none">
        {children}
      </main>
    </div>
  );
}
