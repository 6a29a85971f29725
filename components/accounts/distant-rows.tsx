import { PersonRow } from "@/components/graph/person-row";
import type { UserView } from "@/lib/graph/types";
import { type Distance, TakeBack } from "./take-back";

/** A part of such a list. */
export function DistantRows({ kind, people }: { kind: Distance; people: UserView[] }) {
  return people.map((user) => (
    <PersonRow key={user.id} user={user} note={user.full_name || null} action={<TakeBack kind={kind} userId={user.id} username={user.username} again={kind === "mute" ? mutedOf(user) : undefined} />} />
  ));
}

const mutedOf = ({ viewer }: UserView) => ({ posts: viewer?.muting ?? false, stories: viewer?.muting_stories ?? false });
