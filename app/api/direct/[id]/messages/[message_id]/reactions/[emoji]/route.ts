import { setMessageReaction } from "@/lib/messages/change";
import { messageReactionParam } from "@/lib/messages/schemas";
import { rest } from "@/lib/platform/http/rest";

export const PUT = rest({ params: messageReactionParam }, ({ viewer, params }) => setMessageReaction(viewer, params.id, params.message_id, params.emoji, true));
export const DELETE = rest({ params: messageReactionParam }, ({ viewer, params }) => setMessageReaction(viewer, params.id, params.message_id, params.emoji, false));
