export function ensureFfmpeg(data: string, env?: NodeJS.ProcessEnv): Promise<{ ffmpeg: string; ffprobe: string; fetched: boolean } | null>;
