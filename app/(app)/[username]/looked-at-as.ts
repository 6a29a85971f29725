import "server-only";
import { getSelfAs } from "@/lib/profiles/view-as";
import { orNotFound } from "../or-not-found";
import type { loadProfile } from "./load-profile";

export type AsParams = { as?: string | string[] };

/** One's own profile as the onlooker that the address names has it; null where it is not one's own, or nobody is named. */
export async function lookedAtAs({ viewer, user }: Awaited<ReturnType<typeof loadProfile>>, params: AsParams) {
  const as = [params.as].flat()[0];
  if (!viewer || as === undefined || !user.viewer?.is_self) return null;
  return { viewer, as, shown: await orNotFound(getSelfAs(viewer, as)) };
}
