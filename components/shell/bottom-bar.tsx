import { destinations, type ShellPerson, UnreadDescription } from "./destinations";
import { NavLink } from "./nav-link";

/** The navigation of phones, within reach of the thumb. */
export function BottomBar({ person, unread }: { person: ShellPerson; unread: number }) {
  const to = destinations(person, unread, "bar");
  return (
    <nav aria-label="Main" className="pad-safe-b fixed inset-x-0 bottom-0 z-30 border-t bg-paper md:hidden">
      <ul className="flex h-bar items-stretch justify-around">
        {[to.home, to.search, to.create, to.notifications, to.profile].map(({ icon, ...place }) => (
          <li key={place.label} className="flex-1">
            <NavLink {...place} className="flex size-full items-center justify-center [&_svg]:size-[1.625rem] after:absolute after:bottom-1.5 after:size-1 after:rounded-full after:bg-accent-vivid not-aria-[current=page]:after:hidden" labelClass="sr-only">
              {icon}
            </NavLink>
          </li>
        ))}
      </ul>
      <UnreadDescription count={unread} scope="bar" />
    </nav>
  );
}
