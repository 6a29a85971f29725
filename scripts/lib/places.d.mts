export function dataDir(env?: NodeJS.ProcessEnv): string;
