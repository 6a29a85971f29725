import { isId } from "@/lib/platform/ids";

/** The comment that `?comment=` names, if it can be one. */
export function commentOf({ comment }: { comment?: string | string[] }): string | undefined {
  return typeof comment === "string" && isId(comment) ? comment : undefined;
}
