import type { UserView } from "@/lib/graph/types";
import type { Followee } from "./follow-state";

/** The part of a person that a follow button takes, as of now. */
export function followeeOf(user: UserView): Followee {
  return {
    id: user.id, username: user.username, isPrivate: user.is_private,
    following: user.viewer?.following ?? false, requested: user.viewer?.requested ?? false, at: Date.now(),
  };
}
