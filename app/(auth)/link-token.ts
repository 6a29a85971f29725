import type { Metadata } from "next";

export type LinkProps = { searchParams: Promise<{ token?: string | string[] }> };

/** The token in the address of a mailed link; empty when there is none. */
export async function linkToken({ searchParams }: LinkProps): Promise<string> {
  const { token } = await searchParams;
  return typeof token === "string" && /^[\w-]{1,200}$/.test(token) ? token : "";
}

/** Of pages whose address lets people in: it goes nowhere else. ("no-referrer" would send forms without script from no origin, which are refused.) */
export const linkMetadata = (title: string): Metadata => ({ title, robots: { index: false }, referrer: "same-origin" });
