/** Times and months as people read them, in the copy's pages. UTC, since nobody knows where they will be read. */
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

export const readableTime = (at: string): string => day.format(new Date(at));
/** `of` as in "2026-11". */
export const readableMonth = (of: string): string => month.format(new Date(`${of}-01T00:00:00Z`));
export const many = (n: number, one: string, more = `${one}s`): string => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;
