/** Days that a packed copy is kept. */
export const KEPT_DAYS = 4;
/** Copies a person may have packed in a day: each is as large as everything they ever posted. */
export const A_DAY = 3;
/** Seconds for which an address of a packed copy is good: it has everything in it. */
export const ADDRESS_SECONDS = 300;
/** What an S3 store takes as one object. */
export const S3_MOST_BYTES = 5 * 1024 ** 3;
export const EXPORTS = "exports/";
