import type { ReactNode } from "react";
import { Live } from "@/components/live/live";
import { BottomBar } from "./bottom-bar";
import type { ShellPerson, Unread } from "./destinations";
import { Rail } from "./rail";
import { SkipLink } from "./skip-link";
import { TopBar } from "./top-bar";
import type { Theme } from "./theme";

type Props = { person: ShellPerson; unread: Unread; theme: Theme; live: { personId: string; position: string }; children: ReactNode };

/** The frame around every page of a signed-in person: a rail on wide screens, two bars on phones. */
export function Shell({ person, unread, theme, live, children }: Props) {
  return (
    <>
      <SkipLink />
      <Live {...live} />
      <Rail person={person} unread={unread} theme={theme} />
      <TopBar theme={theme} unread={unread.threads} />
      <main id="content" tabIndex={-1} className="min-h-[calc(100dvh-var(--bar)*2)] pb-[calc(var(--bar)+env(safe-area-inset-bottom,0px))] focus:outline-none md:min-h-dvh md:pb-0 md:pl-rail">
        {children}
      </main>
      <BottomBar person={person} unread={unread.notifications} />
    </>
  );
}
