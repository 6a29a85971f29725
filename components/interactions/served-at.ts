import "server-only";

/** The time (ms) to give to client leaves with what is rendered now: later changes on the page win over it. */
export const servedAt = () => Date.now();
