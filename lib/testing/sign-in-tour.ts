import { sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { db } from "@/db/client";
import { type Ask, callApi } from "./api";
import { Passkey } from "./authenticator";
import { jobs as packing } from "@/lib/exports/jobs";
import { drainJobs } from "./jobs";
import { tokenMailed } from "./mails";

const PASSWORD = "Sunlit-Harbour-42";
const FRESH = "Quiet-Meadow-77";

/** Asks every endpoint of mail, second step, passkeys and devices as somebody who signs in in each way. */
export async function signInInEveryWay(ask: Ask): Promise<void> {
  const email = "tourist@example.org";
  const token = (await ask("POST", "/api/auth/register", { body: { username: "tourist", email, password: PASSWORD } })).body.token as string;
  await confirm(ask, token, email);
  await showDevices(ask, token);
  await usePasskey(ask, token);
  const { body } = await ask("POST", "/api/me/two-factor", { as: token, body: { password: PASSWORD } });
  const generator = new TOTP({ secret: Secret.fromBase32(body.secret) });
  const codes = (await ask("POST", "/api/me/two-factor/confirm", { as: token, body: { code: generator.generate() } })).body.recovery_codes as string[];
  await ask("GET", "/api/me/two-factor", { as: token });
  const refused = await callApi("POST", "/api/auth/login", { body: { login: "tourist", password: PASSWORD } });
  await ask("POST", "/api/auth/second-step", { body: { challenge: refused.body.error.challenge, code: codes[0] } });
  await ask("POST", "/api/me/two-factor/recovery-codes", { as: token, body: { password: PASSWORD } });
  await ask("DELETE", "/api/me/two-factor", { as: token, body: { password: PASSWORD } });
  await leaveAndReturn(ask, token);
  await getBackIn(ask, (await ask("POST", "/api/auth/login", { body: { login: "tourist", password: PASSWORD } })).body.token);
}

async function leaveAndReturn(ask: Ask, token: string) {
  const { id } = (await ask("POST", "/api/me/export", { as: token, body: { password: PASSWORD } })).body;
  await drainJobs(packing);
  await ask("GET", "/api/me/exports", { as: token });
  await ask("GET", `/api/me/exports/${id}/download`, { as: token });
  await ask("POST", `/api/me/exports/${id}/download`, { as: token, body: {} });
  await ask("POST", "/api/me/deactivate", { as: token, body: { password: PASSWORD } });
  const back = (await ask("POST", "/api/auth/login", { body: { login: "tourist", password: PASSWORD } })).body.token as string;
  await ask("DELETE", "/api/me", { as: back, body: { password: PASSWORD } });
  const refused = await callApi("POST", "/api/auth/login", { body: { login: "tourist", password: PASSWORD } });
  await ask("POST", "/api/auth/return", { body: { challenge: refused.body.error.challenge } });
}

async function confirm(ask: Ask, token: string, email: string) {
  await ask("POST", "/api/me/email/verification", { as: token });
  await ask("POST", "/api/auth/verify", { body: { token: await tokenMailed(email, "verify") } });
  await ask("POST", "/api/me/email", { as: token, body: { email: "tourist.two@example.org", password: PASSWORD } });
  await ask("POST", "/api/auth/verify", { body: { token: await tokenMailed("tourist.two@example.org", "change_email") } });
  await ask("GET", "/api/me/email", { as: token });
}

async function showDevices(ask: Ask, token: string) {
  for (let i = 0; i < 2; i++) await ask("POST", "/api/auth/login", { body: { login: "tourist", password: PASSWORD } });
  const { devices } = (await ask("GET", "/api/me/devices", { as: token })).body as { devices: { id: string; is_current: boolean }[] };
  await ask("DELETE", `/api/me/devices/${devices.find((one) => !one.is_current)!.id}`, { as: token });
  await ask("DELETE", "/api/me/devices", { as: token });
}

async function usePasskey(ask: Ask, token: string) {
  const passkey = new Passkey();
  const made = passkey.create((await ask("POST", "/api/me/passkeys/options", { as: token, body: { password: PASSWORD } })).body);
  const { id } = (await ask("POST", "/api/me/passkeys", { as: token, body: { response: made } })).body;
  await ask("POST", "/api/auth/passkey", { body: { response: passkey.show((await ask("POST", "/api/auth/passkey/options")).body) } });
  await ask("GET", "/api/me/passkeys", { as: token });
  await ask("PATCH", `/api/me/passkeys/${id}`, { as: token, body: { name: "Phone" } });
  await ask("DELETE", `/api/me/passkeys/${id}`, { as: token, body: { password: PASSWORD } });
}

async function getBackIn(ask: Ask, token: string) {
  await ask("POST", "/api/auth/forgot", { body: { login: "tourist" } });
  await ask("POST", "/api/auth/reset", { body: { token: await tokenMailed("tourist.two@example.org", "reset"), new_password: FRESH } });
  await ask("POST", "/api/auth/not-me", { body: { token: await tokenMailed("tourist.two@example.org", "not_me") } });
  if ((await db().execute(sql`select 1 from users where username = 'tourist' and password_hash = '!'`)).length === 0) throw new Error("the password is not locked");
  if ((await callApi("GET", "/api/me", { as: token })).status !== 401) throw new Error("the token lives on");
}
