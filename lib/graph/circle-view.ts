import type { CircleView } from "./types";

/** The columns of a circle as the database gives them. */
export type CircleRow = { id: string; name: string; is_close_friends: boolean; member_count: number; created_at: string | Date };

/** A circle as its owner, and nobody else, sees it. */
export const toCircleView = ({ id, name, is_close_friends, member_count, created_at }: CircleRow): CircleView => ({
  id, name, is_close_friends, member_count, created_at: new Date(created_at).toISOString(),
});
