"use client";
import { keepPasskey, newPasskeyOptions } from "@/lib/accounts/security-actions";
import { toast } from "@/components/ui/toast";
import { PasskeyButton } from "./passkey-button";

export function AddPasskey() {
  return <PasskeyButton variant="primary" run={add}>Add a passkey</PasskeyButton>;
}

async function add(): Promise<string | null> {
  const [{ startRegistration }, options] = await Promise.all([import("@simplewebauthn/browser"), newPasskeyOptions({})]);
  if (!options.ok) return options.error.message;
  const made = await startRegistration({ optionsJSON: options.data }).catch((error: Error) => error);
  if (made instanceof Error) return made.name === "InvalidStateError" ? "This device has a passkey of yours already." : "No passkey was made.";
  const kept = await keepPasskey({ response: made as never });
  if (!kept.ok) return kept.error.message;
  toast.success("Passkey added");
  return null;
}
