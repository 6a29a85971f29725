"use client";
import type { AuthenticationResponseJSON } from "@simplewebauthn/browser";
import { useEffect } from "react";
import { passkeySignIn } from "@/lib/accounts/sign-in-actions";
import { PasskeyButton } from "./passkey-button";
import { askSignInOptions, offerPasskeys, showPasskey } from "./show-passkey";

/** Signing in without a name: by the button, or among what the browser fills in. */
export function PasskeySignIn({ next }: { next: string }) {
  useEffect(() => offerPasskeys((response) => enter(response, next)), [next]);
  return <PasskeyButton full size="lg" run={() => showPasskey(askSignInOptions, (response) => enter(response, next))}>Use a passkey</PasskeyButton>;
}

const enter = (response: AuthenticationResponseJSON, next: string) => passkeySignIn({ response: response as never, next });
