import { cn } from "@/components/ui/cn";
import type { NotificationView } from "@/lib/notifications/types";
import type { UserView } from "@/lib/profiles/types";
import { NotificationLine } from "./notification-line";
import { type Section, sectionOf } from "./sections";

type Props = { items: NotificationView[]; followers: Map<string, UserView>; now: number; /** The section that the part before this one ended in; its heading is not repeated. */ before?: Section };

export function NotificationSections({ items, followers, now, before }: Props) {
  const sections = Map.groupBy(items, (item) => sectionOf(item, now));
  return [...sections].map(([name, lines]) => (
    <section key={name} aria-label={name} className={cn("md:-mx-3", name !== before && "pt-4 first:pt-0")}>
      {name === before ? null : <h2 className="px-4 pb-1 text-lg md:px-3">{name}</h2>}
      <ul className="flex flex-col md:gap-0.5">
        {lines.map((item) => <NotificationLine key={item.id} item={item} follower={followers.get(item.id)} />)}
      </ul>
    </section>
  ));
}
