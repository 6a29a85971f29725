import { endSession } from "@/lib/accounts/sessions";
import { isSecure } from "@/lib/platform/env";
import { noContent, rest } from "@/lib/platform/http/rest";
import { SESSION_COOKIE } from "@/lib/platform/viewer/token";

export const POST = rest({}, async ({ viewer, request }) => {
  await endSession(viewer.id, viewer.sessionId);
  const answer = noContent();
  if (request.cookies.has(SESSION_COOKIE())) answer.headers.append("set-cookie", `${SESSION_COOKIE()}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`);
  return answer;
});
