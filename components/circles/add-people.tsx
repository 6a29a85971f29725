"use client";
import { useRouter } from "next/navigation";
import { FindPerson } from "@/components/graph/find-person";
import { MemberButton } from "./member-button";

/** Finds people by name and puts them into the circle; `memberIds` are in it already. */
export function AddPeople({ circleId, memberIds }: { circleId: string; memberIds: string[] }) {
  const router = useRouter();
  return <FindPerson label="Add people">{(user) => <MemberButton circleId={circleId} user={user} isIn={memberIds.includes(user.id)} onChanged={() => router.refresh()} />}</FindPerson>;
}
