// Who stands on a photo, shown on a press: a native disclosure, so that it needs no script.
import { pointInFrame } from "@/components/media/photo-point";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { UserIcon } from "@/components/ui/icons";
import type { PersonOnPhoto } from "@/lib/media/types";

type Props = { people: PersonOnPhoto[]; /** Width by height of the picture, and of the frame that shows it. */ picture: number; frame: number; fit: "cover" | "contain" };

export function PhotoPeople({ people, picture, frame, fit }: Props) {
  if (people.length === 0) return null;
  const count = people.length === 1 ? "1 person" : `${people.length} people`;
  return (
    <details className="group/people absolute inset-0 pointer-events-none">
      <summary
        aria-label={`${count} in this photo`}
        title={`${count} in this photo`}
        className="pointer-events-auto absolute bottom-1.5 left-1.5 z-10 flex size-11 cursor-pointer list-none items-center justify-center rounded-full border-6 border-transparent bg-scrim bg-clip-padding text-white ring-on-photo hover:bg-black/80 [&::-webkit-details-marker]:hidden"
      >
        <UserIcon className="size-4.5" />
      </summary>
      <ul aria-label="People in this photo" className="absolute inset-0 z-10">
        {people.map((person) => {
          const { left, top } = pointInFrame(person, picture, frame, fit) ?? { left: 0.5, top: 0.5 };
          return (
            <li
              key={person.username}
              style={{ left: `${left * 100}%`, top: `${top * 100}%` }}
              // Names near an edge hang inwards.
              className={cn("absolute", left < 0.25 ? "" : left > 0.75 ? "-translate-x-full" : "-translate-x-1/2", top > 0.8 ? "-translate-y-full" : "")}
            >
              <AppLink href={`/${person.username}`} className="pointer-events-auto flex min-h-11 max-w-44 items-center ring-on-photo">
                <span className={cn("truncate rounded-md bg-scrim px-2.5 py-1.5 text-sm font-semibold text-white", person.is_proposed && "italic opacity-85")}>
                  <bdi>{person.username}</bdi>
                  {person.is_proposed ? <span className="sr-only">, not shown to others yet</span> : null}
                </span>
              </AppLink>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
