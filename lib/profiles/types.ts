import type { UserView } from "@/lib/graph/types";

export type { UserSummary, UserView, ViewerRelation } from "@/lib/graph/types";

/** Oneself. */
export type SelfView = UserView & { email: string; role: "member" | "moderator" | "administrator" };
