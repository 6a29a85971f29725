/**
 * The form in which usernames that the eye confuses are the same: separators gone (but for those between digits, where
 * `u_1_11` and `u_11_1` are honestly different), and the classic pairs of Latin look-alikes folded. After Unicode
 * TR 39, cut down to the characters that a username may have.
 */
export function skeletonOf(username: string): string {
  return username
    .toLowerCase()
    .replace(/(?<!\d)[._-]+|[._-]+(?!\d|[._-])/g, "")
    .replace(/rn/g, "m")
    .replace(/vv/g, "w")
    .replace(/[1i|]/g, "l")
    .replace(/0/g, "o");
}
