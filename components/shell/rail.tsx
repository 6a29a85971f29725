import { logOut } from "@/lib/accounts/actions";
import { Mark } from "@/components/brand/mark";
import { AppLink } from "@/components/ui/app-link";
import { LogOutIcon } from "@/components/ui/icons";
import { type Destination, destinations, type ShellPerson, type Unread } from "./destinations";
import { MessagesLink } from "./messages-link";
import { NavLink } from "./nav-link";
import { NotificationsLink } from "./notifications-link";
import { ThemeMenu } from "./theme-menu";
import type { Theme } from "./theme";

const itemClass = "flex min-h-12 w-full items-center gap-4 rounded-md px-3 text-base transition-colors hover:bg-sunken [&_svg]:size-6 [&_svg]:shrink-0";
// The current page has an ember rule at the rail's edge.
const currentClass = "before:absolute before:inset-y-3 before:-left-3.5 before:w-[3px] before:rounded-r-full before:bg-accent-vivid not-aria-[current=page]:before:hidden xl:before:-left-5";
const labelClass = "max-xl:sr-only";
const look = { className: `${itemClass} ${currentClass}`, labelClass };

/** The navigation of wide screens: icons from 768 px, icons and words from 1280 px. */
export function Rail({ person, unread, theme }: { person: ShellPerson; unread: Unread; theme: Theme }) {
  const to = destinations(person);
  return (
    <nav aria-label="Main" className="fixed inset-y-0 left-0 z-30 hidden w-rail flex-col overflow-y-auto border-r bg-paper px-3.5 py-6 md:flex xl:px-5">
      <AppLink href="/" aria-label="Heliograph" className="mb-6 flex min-h-12 items-center gap-3 self-start rounded-md px-2.5 text-xl font-bold tracking-[-0.035em]">
        <Mark className="size-8" />
        <span aria-hidden="true" className="max-xl:hidden">Heliograph</span>
      </AppLink>
      <ul className="flex flex-col gap-1">
        {[to.home, to.search, to.explore, to.create].map(railItem)}
        <li><MessagesLink unread={unread.threads} {...look} /></li>
        <li><NotificationsLink unread={unread.notifications} {...look} /></li>
        {[to.saved, to.profile].map(railItem)}
      </ul>
      <ul className="mt-auto flex flex-col gap-1 pt-6">
        {railItem(to.settings)}
        <li><ThemeMenu theme={theme} className={`${itemClass} text-muted hover:text-ink`} labelClass={labelClass} /></li>
        <li>
          <form action={logOut}>
            <button type="submit" title="Log out" className={`${itemClass} text-muted hover:text-ink`}>
              <LogOutIcon />
              <span className={labelClass}>Log out</span>
            </button>
          </form>
        </li>
      </ul>
    </nav>
  );
}

function railItem({ icon, ...place }: Destination) {
  return (
    <li key={place.label}>
      <NavLink {...place} {...look}>
        <span className="flex size-6 items-center justify-center">{icon}</span>
      </NavLink>
    </li>
  );
}
