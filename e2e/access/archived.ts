/** What its author hears of a post that they put away, where it is not what they hear of one that is out. */
export const ARCHIVED_ROWS: Record<string, number> = {
  // On other sites they are a visitor.
  "embedded page": 404, oEmbed: 404,
  // Nothing stands at the top of a profile that is not on it.
  "pin another's post": 409, "pin others' posts to one's own profile": 422,
  // The collection is deleted by then.
  "take a post out of a collection": 404,
};

/** In which lists they still find it. */
export const ARCHIVED_LISTS: ReadonlySet<string> = new Set(["archive", "saved", "comments that wait on one's posts"]);
