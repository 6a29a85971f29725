import type { NotificationKind } from "../types";

/**
 * Whether a person wants to hear of a kind of thing outside the page, and until when they want quiet. The one place at which people's own choices of topics,
 * channels and quiet hours join delivery: everything here is asked again at the moment of sending. Without choices: pushes of everything, once a device
 * takes them, and of everything in a digest, once there is one.
 */
export type Channel = "push" | "mail";

export const isWanted = async (_userId: string, _kind: NotificationKind, _channel: Channel): Promise<boolean> => true;

/** Pushes wait until then; null: no need to wait. */
export const quietUntil = async (_userId: string, _now: Date): Promise<Date | null> => null;
