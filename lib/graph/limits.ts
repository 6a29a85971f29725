/** Circles a person can have, close friends among them. */
export const MAX_CIRCLES = 50;
/** People in one circle. */
export const MAX_CIRCLE_MEMBERS = 500;
/** Characters of a circle's name. */
export const MAX_CIRCLE_NAME = 40;
/** People one can have among the favourites; few enough to read their posts one by one. */
export const MAX_FAVOURITES = 50;
