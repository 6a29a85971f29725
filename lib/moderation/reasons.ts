/** Why something is reported, in the order in which one is asked. */
export const REASONS = ["spam", "harassment", "hate", "nudity", "violence", "self_harm", "falsehood", "illegal", "stolen", "impersonation", "other"] as const;
export type Reason = (typeof REASONS)[number];
