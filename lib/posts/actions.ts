"use server";
import { action } from "@/lib/platform/http/action";
import { editPostActionSchema, postActionSchema } from "./schemas";
import * as service from "./service";

/** Server actions of posts; creating one goes through `POST /api/posts`, which a lost connection may safely repeat. */
export const editPost = action({ schema: editPostActionSchema }, ({ viewer, input: { post_id, ...edit } }) => service.editPost(viewer, post_id, edit));
export const deletePost = action({ schema: postActionSchema }, ({ viewer, input }) => service.deletePost(viewer, input.post_id));
export const retryPost = action({ schema: postActionSchema }, ({ viewer, input }) => service.retryPost(viewer, input.post_id));
