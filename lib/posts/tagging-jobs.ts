import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { indexComment, indexPost } from "./tagging";

/** Who is one of a post's authors decides whose comments bear tags for it. */
export const index = defineJob({
  name: "posts.index",
  on: ["post.published", "post.edited", "post.restored", "post.collaboration"],
  schema: z.object({ postId: idSchema }),
  handler: ({ postId }) => indexPost(postId),
});

export const indexWords = defineJob({
  name: "posts.index-comment",
  on: ["comment.created", "comment.changed", "comment.deleted"],
  schema: z.object({ commentId: idSchema }),
  handler: ({ commentId }) => indexComment(commentId),
});
