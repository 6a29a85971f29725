import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { request } from "@/components/interactions/request";

type Answered = { ok: true; data: unknown } | { ok: false; error: { message: string } };
type Asked = { ok: true; data: PublicKeyCredentialRequestOptionsJSON } | { ok: false; error: { message: string } };

const CANCELLED = "No passkey was chosen.";

/** Lets the person show a passkey, and hands it on. Returns what to say when that came to nothing. */
export async function showPasskey(ask: () => Promise<Asked>, use: (response: AuthenticationResponseJSON) => Promise<Answered>): Promise<string | null> {
  const [{ startAuthentication }, options] = await Promise.all([import("@simplewebauthn/browser"), ask()]);
  if (!options.ok) return options.error.message;
  const response = await startAuthentication({ optionsJSON: options.data }).catch(() => null);
  if (!response) return CANCELLED;
  const result = await use(response);
  return result && !result.ok ? result.error.message : null;
}

/** By the API, not by an action: actions run one after another, and one may log in while this is still under way. */
export async function askSignInOptions(): Promise<Asked> {
  const outcome = await request<PublicKeyCredentialRequestOptionsJSON>("POST", "/api/auth/passkey/options");
  return outcome.ok ? outcome : { ok: false, error: outcome };
}

/**
 * Has the browser offer passkeys among what it fills into the log-in form. Nothing is shown and nothing is said until one is chosen; then it is handed on.
 * Returns how to stop.
 */
export function offerPasskeys(use: (response: AuthenticationResponseJSON) => Promise<unknown>): () => void {
  let stopped = false;
  let stop = () => {};
  async function offer() {
    if (!(await window.PublicKeyCredential?.isConditionalMediationAvailable?.())) return;
    const [{ startAuthentication, WebAuthnAbortService }, options] = await Promise.all([import("@simplewebauthn/browser"), askSignInOptions()]);
    if (stopped || !options.ok) return;
    stop = () => WebAuthnAbortService.cancelCeremony();
    await use(await startAuthentication({ optionsJSON: options.data, useBrowserAutofill: true }));
  }
  // Called off by the button, by leaving, or by a browser that has none.
  offer().catch(() => {});
  return () => {
    stopped = true;
    stop();
  };
}
