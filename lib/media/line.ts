/** How pages hear what a browser's script knows of its connection; also of browsers that send no such header. */
export const LINE_COOKIE = "line";

/** "narrow": its owner saves data, or it is very slow. `null`: nothing is known against it. */
export type Line = "narrow" | "modest" | null;

/** From the Network Information API, or the headers that say the same. Safe to import in the browser. */
export function lineOf({ saveData, effectiveType }: { saveData?: boolean; effectiveType?: string | null }): Line {
  if (saveData || effectiveType === "slow-2g" || effectiveType === "2g") return "narrow";
  return effectiveType === "3g" ? "modest" : null;
}
