export function breaches(file: string, text: string): string[];
