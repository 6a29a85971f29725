import Link from "next/link";
import { ChevronRightIcon, CirclesIcon } from "@/components/ui/icons";
import type { CircleView } from "@/lib/graph/types";

/** The circles one has, each a way to its people. */
export function CircleList({ circles }: { circles: CircleView[] }) {
  return (
    <ul className="divide-y border-y">
      {circles.map(({ id, name, member_count }) => (
        <li key={id}>
          <Link href={`/settings/circles/${id}`} prefetch={false} className="flex min-h-16 items-center gap-3 rounded-sm py-2 hover:text-accent">
            <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent"><CirclesIcon className="size-5" /></span>
            <span className="min-w-0 flex-1">
              <bdi className="block truncate text-ui font-semibold">{name}</bdi>
              <span className="block text-sm text-muted">{peopleText(member_count)}</span>
            </span>
            <ChevronRightIcon className="size-5 shrink-0 text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

const peopleText = (count: number) => (count === 0 ? "Nobody yet" : count === 1 ? "1 person" : `${count} people`);
