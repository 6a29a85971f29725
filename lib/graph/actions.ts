"use server";
import { action } from "@/lib/platform/http/action";
import { answerRequestSchema, removeFollowerSchema, setBlockSchema, setFollowSchema, setMuteSchema } from "./schemas";
import * as service from "./service";

export const setFollow = action({ schema: setFollowSchema }, ({ viewer, input }) =>
  input.following ? service.follow(viewer, input.user_id) : service.unfollow(viewer, input.user_id));

export const setBlock = action({ schema: setBlockSchema }, async ({ viewer, input }) => {
  await (input.blocking ? service.block : service.unblock)(viewer, input.user_id);
  return { blocking: input.blocking };
});

export const setMute = action({ schema: setMuteSchema }, async ({ viewer, input }) => {
  await (input.muting ? service.mute : service.unmute)(viewer, input.user_id);
  return { muting: input.muting };
});

export const answerRequest = action({ schema: answerRequestSchema }, async ({ viewer, input }) => {
  await (input.accept ? service.acceptRequest : service.declineRequest)(viewer, input.user_id);
  return { accepted: input.accept };
});

export const removeFollower = action({ schema: removeFollowerSchema }, async ({ viewer, input }) => {
  await service.removeFollower(viewer, input.user_id);
  return { removed: true };
});
