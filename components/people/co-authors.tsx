import { PersonName } from "@/components/posts/person-name";
import { AppLink } from "@/components/ui/app-link";
import type { CollaboratorView } from "@/lib/posts/types";

/** Beneath the author's name: who made the post together with them. */
export function CoAuthors({ people }: { people: CollaboratorView[] }) {
  const there = people.filter((person) => !person.is_invited);
  if (there.length === 0) return null;
  return (
    <p className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-1 text-sm text-muted">
      with
      {there.map((person, at) => (
        <span key={person.id} className="inline-flex min-w-0">
          <AppLink href={`/${person.username}`} className="min-w-0 rounded-sm font-semibold text-ink hover:underline"><PersonName user={person} /></AppLink>
          {at < there.length - 1 ? <span>{at === there.length - 2 ? "\u00a0and" : ","}</span> : null}
        </span>
      ))}
    </p>
  );
}
