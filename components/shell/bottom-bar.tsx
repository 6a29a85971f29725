import { type Destination, destinations, type ShellPerson } from "./destinations";
import { NavLink } from "./nav-link";
import { NotificationsLink } from "./notifications-link";

const look = {
  className:
    "flex size-full items-center justify-center [&_svg]:size-[1.625rem] after:absolute after:bottom-1.5 after:size-1 after:rounded-full after:bg-accent-vivid not-aria-[current=page]:after:hidden",
  labelClass: "sr-only",
};

/** The navigation of phones, within reach of the thumb. */
export function BottomBar({ person, unread }: { person: ShellPerson; unread: number }) {
  const to = destinations(person);
  return (
    <nav aria-label="Main" data-bar className="pad-safe-b fixed inset-x-0 bottom-0 z-30 border-t bg-paper md:hidden">
      <ul className="flex h-bar items-stretch justify-around">
        {[to.home, to.search, to.create].map(barItem)}
        <li className="flex-1"><NotificationsLink unread={unread} {...look} /></li>
        {barItem(to.profile)}
      </ul>
    </nav>
  );
}

function barItem({ icon, ...place }: Destination) {
  return (
    <li key={place.label} className="flex-1">
      <NavLink {...place} {...look}>{icon}</NavLink>
    </li>
  );
}
