"use client";
import { confirmAddress, wasNotMe } from "@/lib/accounts/sign-in-actions";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

const DOES = { confirm: { action: confirmAddress, label: "Confirm my address" }, disown: { action: wasNotMe, label: "It wasn’t me, sign everybody out" } } as const;

/** What a link in a mail is for is done by pressing, not by opening: mail programs open links, too. */
export function LinkForm({ does, token }: { does: keyof typeof DOES; token: string }) {
  const { action, label } = DOES[does];
  const { state, submit, form } = useFormState(action);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-5">
      <FormMessage state={state} fields={[]} />
      <input type="hidden" name="token" value={token} />
      {state.ok || token === "" ? <LinkButton href="/" variant="primary" size="lg" full>Go on</LinkButton> : <SubmitButton full size="lg" variant={does === "disown" ? "danger" : "primary"}>{label}</SubmitButton>}
    </form>
  );
}
