import "server-only";
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env, isSecure } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { clientAddress } from "@/lib/platform/http/address";
import { log } from "@/lib/platform/log";
import { loadSession } from "@/lib/platform/viewer/session";
import { BROWSER_SESSION_DAYS, SESSION_COOKIE, signToken, verifyToken } from "@/lib/platform/viewer/token";
import { describeDevice } from "./device";
import { handOver, takeOver } from "./handoff";
import { localPath } from "./local-path";
import { loginSchema } from "./schemas";
import { authenticate } from "./service";
import { endSession, type OpenedSession } from "./sessions";

const MAX_AGE = BROWSER_SESSION_DAYS * 86_400;

/** next-auth with our tokens: the cookie holds what a bearer token holds, and each request checks the session's row. */
const { handlers, signIn, signOut } = NextAuth((): NextAuthConfig => ({
  basePath: "/api/auth",
  secret: env().AUTH_SECRET,
  // Which host people used is the front's business; nothing here is built from it (see `redirect`).
  trustHost: true,
  useSecureCookies: isSecure(),
  pages: { signIn: "/login", error: "/login", signOut: "/settings", verifyRequest: "/login" },
  session: { strategy: "jwt", maxAge: MAX_AGE },
  cookies: { sessionToken: { name: SESSION_COOKIE(), options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } } },
  providers: [Credentials({ credentials: { login: {}, password: {} }, authorize: signInWith })],
  jwt: {
    encode: ({ token }) => signToken({ userId: token?.sub ?? "", sessionId: String(token?.sid ?? "") }, new Date(Date.now() + MAX_AGE * 1000)),
    decode: async ({ token }) => {
      const claims = token ? await verifyToken(token) : null;
      return claims && { sub: claims.userId, sid: claims.sessionId };
    },
  },
  callbacks: {
    async jwt({ token, user }) {
      if (user) return { sub: user.id, sid: (user as { sessionId?: string }).sessionId };
      // A session ended elsewhere: next-auth clears the cookie.
      return (await loadSession({ userId: String(token.sub), sessionId: String(token.sid) })) ? token : null;
    },
    session: ({ session, token }) => ({ expires: session.expires, user: { id: token.sub } }),
    redirect: ({ url, baseUrl }) => new URL(localPath(url), baseUrl).href,
  },
  events: {
    async signOut(message) {
      const token = "token" in message ? message.token : null;
      if (token?.sub) await endSession(token.sub, String(token.sid));
    },
  },
  logger: {
    // Wrong passwords are everyday; what is wrong with us is logged where it happens.
    error: (error) => (error instanceof CredentialsSignin ? undefined : log().warn({ err: error }, "sign-in failed")),
    warn: () => {},
    debug: () => {},
  },
}));

export const authHandlers = handlers;

async function signInWith(credentials: Partial<Record<string, unknown>>, request: Request) {
  if (typeof credentials.handover === "string") return asUser(takeOver(credentials.handover));
  const input = loginSchema.safeParse(credentials);
  if (!input.success) return null;
  try {
    return asUser(await authenticate(input.data, { address: clientAddress(request.headers), kind: "browser", device: describeDevice(request.headers.get("user-agent")) }));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const asUser = (session: OpenedSession | null) => session && { id: session.userId, sessionId: session.sessionId };

/** Sets the browser's cookie for a session just opened. From server actions and route handlers. */
export async function keepInBrowser(session: OpenedSession): Promise<void> {
  await signIn("credentials", { handover: handOver(session), redirect: false, redirectTo: "/" });
}

/** Ends the browser's session and takes its cookie away. */
export async function forgetInBrowser(): Promise<void> {
  await signOut({ redirect: false, redirectTo: "/" });
}
