/** The floor has nothing of ours, not even the hook that Next.js finds above it. */
export function register() {}
