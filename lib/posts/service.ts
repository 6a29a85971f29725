// What one does with posts: the door that routes, actions and jobs use.
export { createPost } from "./create";
export { editPost } from "./edit";
export { publishIfReady, retryPost } from "./publish";
export { deletePost } from "./remove";
