/** Attempts after the first; a push service that is away for longer has lost it. */
export const RETRIES = 6;
