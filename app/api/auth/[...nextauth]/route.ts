import { authHandlers } from "@/lib/accounts/auth";

// next-auth's own addresses (session, csrf, callback, signout). The REST routes beside this folder come first.
export const { GET, POST } = authHandlers;
