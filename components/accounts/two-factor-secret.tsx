"use client";
import { IconButton } from "@/components/ui/icon-button";
import { CopyIcon } from "@/components/ui/icons";
import { copyText } from "./copy-text";

export type Setup = { secret: string; /** Address of the picture. */ qr: string; uri: string };

/** What an authenticator app wants to know: as a code to look at, as a link on the phone itself, and as text. */
export function TwoFactorSecret({ setup: { secret, qr, uri } }: { setup: Setup }) {
  return (
    <div className="flex flex-col gap-5 sm:flex-row sm:items-center">
      <img src={qr} width={192} height={192} alt="QR code for your authenticator app" className="size-48 shrink-0 rounded-md border" />
      <div className="flex min-w-0 flex-col gap-3 text-ui">
        <p>Scan this with an authenticator app. On this phone, <a href={uri} className="text-link">open it in the app</a>.</p>
        <p className="text-muted">Or type the secret there:</p>
        <div className="flex items-center gap-1">
          <code className="min-w-0 font-mono text-sm leading-6 break-words select-all">{secret.match(/.{1,4}/g)!.join(" ")}</code>
          <IconButton label="Copy the secret" tone="muted" onClick={() => copyText(secret, "Secret copied")}><CopyIcon className="size-5" /></IconButton>
        </div>
      </div>
    </div>
  );
}
