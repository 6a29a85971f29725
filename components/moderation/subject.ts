/** What is reported, and whose it is. */
export type ReportSubject = { kind: "post" | "comment" | "user"; id: string; author: { id: string; username: string } };
