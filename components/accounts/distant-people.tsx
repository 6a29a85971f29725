import { PersonRow } from "@/components/graph/person-row";
import type { UserView } from "@/lib/graph/types";
import { TakeBack } from "./take-back";

const NOBODY = { block: "You have blocked nobody.", mute: "You have muted nobody." } as const;

/** People one keeps at a distance, each with the way back. */
export function DistantPeople({ kind, people }: { kind: "block" | "mute"; people: UserView[] }) {
  if (people.length === 0) return <p className="text-ui text-muted">{NOBODY[kind]}</p>;
  return (
    <ul>
      {people.map((user) => <PersonRow key={user.id} user={user} note={user.full_name || null} action={<TakeBack kind={kind} userId={user.id} username={user.username} />} />)}
    </ul>
  );
}
