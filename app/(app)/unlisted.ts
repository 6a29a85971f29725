import type { Metadata } from "next";

/** For pages of people who do not want to be found by search engines. */
export const UNLISTED: Metadata["robots"] = { index: false, follow: false, noarchive: true, noimageindex: true, nosnippet: true };
