// What one does with posts: the door that routes, actions and jobs use.
export { acceptCollaboration, leaveCollaboration, reopenInvitation } from "./collaborators";
export { createPost } from "./create";
export { editPost } from "./edit";
export { acceptTag, removeTag, reopenTag } from "./people";
export { publishIfReady, retryPost } from "./publish";
export { deleteDraft, saveDraft, updateDraft } from "./drafts";
export { setPinned, setPins } from "./pins";
export { deletePost } from "./remove";
export { publishNow } from "./scheduled";
export { purgeNow, restorePost } from "./restore";
