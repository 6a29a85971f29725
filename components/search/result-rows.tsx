import Link from "next/link";
import type { ReactNode } from "react";
import { PersonRow } from "@/components/graph/person-row";
import { Count } from "@/components/ui/count";
import { HashIcon, PlaceIcon } from "@/components/ui/icons";
import type { Found } from "./search-part";

export function ResultRows({ found }: { found: Found }) {
  switch (found.type) {
    case "users":
      return found.items.map((user) => <PersonRow key={user.id} user={user} />);
    case "tags":
      return found.items.map((tag) => (
        <Row key={tag.id} href={`/tags/${encodeURIComponent(tag.name)}`} icon={<HashIcon />} title={`#${tag.name}`} note={<Count value={tag.post_count} one="post" />} />
      ));
    case "places":
      return found.items.map((place) => <Row key={place.id} href={`/places/${place.id}`} icon={<PlaceIcon />} title={place.name} />);
  }
}

function Row({ href, icon, title, note }: { href: string; icon: ReactNode; title: string; note?: ReactNode }) {
  return (
    <li>
      <Link href={href} prefetch={false} className="flex min-h-15 items-center gap-3 rounded-md py-2 hover:bg-sunken md:-mx-3 md:px-3">
        <span aria-hidden="true" className="flex size-11 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent [&>svg]:size-5">{icon}</span>
        <span className="min-w-0">
          <bdi className="block truncate text-ui font-semibold">{title}</bdi>
          {note ? <span className="block text-sm text-muted">{note}</span> : null}
        </span>
      </Link>
    </li>
  );
}
