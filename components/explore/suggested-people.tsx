import { PersonRow } from "@/components/graph/person-row";
import { cn } from "@/components/ui/cn";
import { listSuggestedPeople } from "@/lib/explore/suggestions";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/** Up to `count` people whom the viewer might like to follow; nothing where nobody is left. */
export async function SuggestedPeople({ viewer, count, className }: { viewer: Viewer; count: number; className?: string }) {
  const people = await listSuggestedPeople(viewer, count);
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="suggested" className={cn("px-4 pt-6 md:px-0", className)}>
      <h2 id="suggested" className="mb-2 text-lg">People you could follow</h2>
      <ul>
        {people.map((person) => <PersonRow key={person.id} user={person} />)}
      </ul>
    </section>
  );
}
