export function dataDir(env?: NodeJS.ProcessEnv): string;
export const servant: { uid?: number; gid?: number };
