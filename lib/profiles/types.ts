import type { UserView } from "@/lib/graph/types";

export type { UserSummary, UserView, ViewerRelation } from "@/lib/graph/types";

/** A person by themselves. `last_active_at` is rounded to five minutes; null also for whoever may not know it. */
export type ProfileView = UserView & { last_active_at: string | null };

/** Oneself. */
export type SelfView = UserView & { email: string; /** Its owner has shown that it is theirs. */ email_verified: boolean; role: "member" | "moderator" | "administrator" };
