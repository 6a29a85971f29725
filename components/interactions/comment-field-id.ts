/** Id of the comment field of a post's page and overlay, by which the comment button finds it. */
export const commentFieldId = (shortcode: string) => `comment-${shortcode}`;
