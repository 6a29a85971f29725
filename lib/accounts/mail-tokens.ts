import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import { newToken, tokenHash } from "@/lib/platform/sealed";

export type TokenKind = "verify" | "reset" | "change_email" | "not_me";

/** What a link in a mail stands for. `email` is the address that it went to, `madeAt` when. */
export type MailToken = { kind: TokenKind; userId: string; email: string; madeAt: string };

/** Hours for which each link is good. */
export const TOKEN_HOURS: Record<TokenKind, number> = { verify: 24, reset: 1, change_email: 24, not_me: 7 * 24 };

const GONE = "This link was used already, or it is too old. Ask for a new one.";
export const linkGone = () => invalidField("token", GONE);

/** Makes a link's token for a person; only its hash is kept. A new wish for another address takes the place of the one before. */
export async function issueMailToken(tx: Executor, userId: string, kind: TokenKind, email: string): Promise<string> {
  const token = newToken();
  if (kind === "change_email") await spendMailTokens(tx, userId, ["change_email"]);
  await tx.execute(sql`
    insert into mail_tokens (user_id, kind, token_hash, email, expires_at)
    values (${userId}::bigint, ${kind}, ${tokenHash(token)}, ${email}, now() + make_interval(hours => ${TOKEN_HOURS[kind]}))`);
  return token;
}

type Row = { kind: TokenKind; user_id: string; email: string; created_at: string };

const list = (kinds: readonly TokenKind[]) => sql.join(kinds.map((kind) => sql`${kind}`), sql`, `);
const standing = (token: string, kinds: readonly TokenKind[]) => sql`token_hash = ${tokenHash(token)} and kind in (${list(kinds)}) and used_at is null and expires_at > now()`;
const toToken = ({ user_id, created_at, ...row }: Row): MailToken => ({ ...row, userId: user_id, madeAt: created_at });

/** What a link is good for, without using it: programs that look through mail open every link. Null when it is good for nothing. */
export async function readMailToken(token: string, kinds: readonly TokenKind[]): Promise<MailToken | null> {
  const [row] = await db().execute<Row>(sql`select kind, user_id, email, created_at::text from mail_tokens where ${standing(token, kinds)}`);
  return row ? toToken(row) : null;
}

/** Uses a link; of two who press at once, one does. Throws invalid at `token`. */
export async function useMailToken(tx: Executor, token: string, kinds: readonly TokenKind[]): Promise<MailToken> {
  const [row] = await tx.execute<Row>(sql`update mail_tokens set used_at = now() where ${standing(token, kinds)} returning kind, user_id, email, created_at::text`);
  if (!row) throw linkGone();
  return toToken(row);
}

/** Makes a person's other links of these kinds good for nothing. */
export async function spendMailTokens(tx: Executor, userId: string, kinds: readonly TokenKind[]): Promise<void> {
  await tx.execute(sql`update mail_tokens set used_at = now() where user_id = ${userId}::bigint and kind in (${list(kinds)}) and used_at is null`);
}
