"use client";
import { Button, buttonClass } from "@/components/ui/button";
import { CopyIcon, DownloadIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { copyText } from "./copy-text";

/** The codes, for the one time that they can be seen. */
export function RecoveryCodes({ codes, username }: { codes: readonly string[]; username: string }) {
  const text = `Recovery codes of @${username} on Heliograph. Each works once.\n\n${codes.join("\n")}\n`;
  return (
    <section aria-label="Recovery codes" className="flex flex-col gap-4">
      <Notice title="Keep these codes now: you cannot see them again.">
        <p>If you lose your phone, each of them lets you in once, in place of a code of the app.</p>
      </Notice>
      <ul className="tabular grid grid-cols-2 gap-x-6 gap-y-2 rounded-md bg-sunken px-5 py-4 font-mono text-base">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div className="flex flex-wrap gap-3">
        <Button icon={<CopyIcon className="size-5" />} onClick={() => copyText(text, "Codes copied")}>Copy</Button>
        <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download={`heliograph-recovery-codes-${username}.txt`} className={buttonClass()}>
          <DownloadIcon className="size-5" />
          Download
        </a>
      </div>
    </section>
  );
}
