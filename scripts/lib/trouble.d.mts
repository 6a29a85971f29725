export class Trouble extends Error {}
export function sentence(error: unknown): string;
export function causeIn(text: string, name: string): string | null;
