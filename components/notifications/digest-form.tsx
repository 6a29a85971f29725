"use client";
import { useEffect, useState } from "react";
import Link from "next/link";
import { FormMessage } from "@/components/accounts/form-message";
import { useFormState } from "@/components/accounts/use-form-state";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveDigest } from "@/lib/notifications/delivery/actions";
import type { DigestView } from "@/lib/notifications/delivery/types";

const CHOICES = [{ value: "off", text: "Never" }, { value: "daily", text: "Every day" }, { value: "weekly", text: "Every Monday" }] as const;

/** How often what is new comes by mail. The time zone is the one in which the form is saved. */
export function DigestForm({ digest }: { digest: DigestView }) {
  const { state, submit, form, error } = useFormState(saveDigest);
  const [zone, setZone] = useState("");
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""), []);
  const where = (zone || digest.time_zone).replaceAll("_", " ");
  if (!digest.address_confirmed) return <Notice><p>Confirm your e-mail address first, under <Link href="/settings/security" className="text-link">Security</Link>; then mails can be sent there.</p></Notice>;
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5" key={digest.frequency}>
      <SelectField label="Mail me what is new" name="frequency" options={CHOICES} defaultValue={digest.frequency} error={error("frequency") ?? error("time_zone")} hint={`At eight in the morning, ${where} time. Nothing comes when nothing is new.`} />
      <input type="hidden" name="time_zone" value={zone} />
      <FormMessage state={state} fields={["frequency", "time_zone"]} />
      <SubmitButton className="self-start">Set mails</SubmitButton>
    </form>
  );
}
