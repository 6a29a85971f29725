export function programs(): string[];
export function bundle(names: string[]): Promise<void>;
