"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { packMyData } from "@/lib/exports/actions";
import type { ExportView } from "@/lib/exports/types";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import { ReadyData } from "./ready-data";

const LOOK_AGAIN_MS = 3_000;

type Props = { exports: ExportView[]; /** Asks who is there when nobody has proved it lately on this device; null then. */ proof: ReactNode; username: string };

/** What of one's data is packed, how far it is, and how to have it packed. */
export function PackedData({ exports, proof, username }: Props) {
  const { state, submit, form, error } = useFormState(packMyData);
  const router = useRouter();
  const working = exports.find((one) => one.state === "waiting" || one.state === "packing");
  const ready = exports.find((one) => one.state === "ready");
  const failed = !working && exports[0]?.state === "failed" ? exports[0] : null;
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [working, router]);
  return (
    <div className="flex flex-col gap-5">
      {ready ? <ReadyData copy={ready} proof={proof} /> : null}
      {failed ? <Notice tone="danger"><p>Packing your data did not work. {failed.problem}</p></Notice> : null}
      {working ? (
        <div className="flex flex-col gap-3 rounded-md border px-4 py-4">
          <p role="status" className="text-ui font-medium">{working.state === "waiting" ? "Your data will be packed in a moment." : "Your data is being packed."}</p>
          <ProgressBar percent={working.progress} label="Packing your data" className="" />
          <p className="text-sm text-muted">You can go on meanwhile: a mail tells you when it is ready.</p>
        </div>
      ) : ready && proof ? null : (
        <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
          {proof ? (
            <>
              <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
              <PasswordField label="Password for the download" name="password" required autoComplete="current-password" error={error("password")} />
            </>
          ) : null}
          <FormMessage state={state.ok ? {} : state} fields={["password"]} />
          <SubmitButton variant={ready ? "secondary" : "primary"} className="self-start">{ready ? "Pack it anew" : "Pack my data"}</SubmitButton>
        </form>
      )}
    </div>
  );
}
