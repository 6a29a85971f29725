"use server";
import { action } from "@/lib/platform/http/action";
import { addCommentActionSchema, commentIdSchema, setCommentLikeSchema } from "./schemas";
import * as service from "./service";

export const addComment = action({ schema: addCommentActionSchema }, ({ viewer, input }) => service.addComment(viewer, input.post_id, input, input.key));
export const deleteComment = action({ schema: commentIdSchema }, ({ viewer, input }) => service.deleteComment(viewer, input.comment_id));
export const setCommentLike = action({ schema: setCommentLikeSchema }, ({ viewer, input }) => service.setCommentLike(viewer, input.comment_id, input.liked));
