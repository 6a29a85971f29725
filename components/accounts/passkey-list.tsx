"use client";
import { nameKey, removeKey } from "@/lib/accounts/security-actions";
import type { PasskeyView } from "@/lib/accounts/types";
import { ChevronDownIcon, KeyIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

/** One's passkeys, each with how to rename and remove it behind its name. */
export function PasskeyList({ passkeys }: { passkeys: PasskeyView[] }) {
  const rename = useFormState(nameKey);
  const remove = useFormState(removeKey);
  return (
    <div className="flex flex-col gap-5">
      {passkeys.length === 0 ? <p className="text-ui text-muted">You have no passkey yet.</p> : (
        <ul className="flex flex-col">
          {passkeys.map((passkey) => <li key={passkey.id} className="border-b last:border-b-0"><Entry passkey={passkey} rename={rename} remove={remove} /></li>)}
        </ul>
      )}
      <FormMessage state={remove.state} />
      <FormMessage state={rename.state} />
    </div>
  );
}

type Form = ReturnType<typeof useFormState>;

function Entry({ passkey: { id, name, is_backed_up, created_at, last_used_at }, rename, remove }: { passkey: PasskeyView; rename: Form; remove: Form }) {
  return (
    <details className="group">
      <summary className="flex min-h-16 list-none items-center gap-4 py-2 [&::-webkit-details-marker]:hidden">
        <span className="text-muted"><KeyIcon /></span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-ui font-medium">{name}</span>
          <span className="block text-sm text-muted">
            {is_backed_up ? "Kept by your password manager. " : ""}Added <RelativeTime value={created_at} length="long" />{last_used_at ? <>, last used <RelativeTime value={last_used_at} length="long" /></> : ", never used"}
          </span>
        </span>
        <ChevronDownIcon className="size-5 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-4 pb-5 sm:pl-10">
        <form action={rename.submit} className="flex flex-col gap-3 sm:flex-row sm:items-end">
          <input type="hidden" name="passkey_id" value={id} />
          <TextField label="Name" name="name" required maxLength={60} defaultValue={name} className="flex-1" />
          <SubmitButton variant="secondary" className="self-start sm:self-auto" title={`Rename ${name}`}>Rename</SubmitButton>
        </form>
        <form action={remove.submit}>
          <input type="hidden" name="passkey_id" value={id} />
          <SubmitButton variant="danger" title={`Remove ${name}`}>Remove</SubmitButton>
        </form>
      </div>
    </details>
  );
}
