import { PersonRow } from "@/components/graph/person-row";
import type { UserView } from "@/lib/graph/types";
import { MemberButton } from "./member-button";

export function CircleRows({ circleId, people }: { circleId: string; people: UserView[] }) {
  return people.map((user) => <PersonRow key={user.id} user={user} action={<MemberButton circleId={circleId} user={{ id: user.id, username: user.username }} isIn />} />);
}
