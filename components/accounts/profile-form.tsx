"use client";
import { BIO_MAX, FULL_NAME_MAX, USERNAME_MAX } from "@/lib/accounts/limits";
import { saveProfile } from "@/lib/profiles/actions";
import { LINK_TITLE_MAX, LINKS_MAX, PRONOUNS_MAX, WEB_ADDRESS_MAX } from "@/lib/profiles/limits";
import type { UserView } from "@/lib/profiles/types";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-field";
import { Disclosure } from "./disclosure";
import { FormMessage } from "./form-message";
import { useFormState } from "./use-form-state";

type Profile = Pick<UserView, "full_name" | "username" | "pronouns" | "bio" | "website" | "links">;

export function ProfileForm({ profile }: { profile: Profile }) {
  const { state, submit, form, value, error } = useFormState(saveProfile);
  const text = (name: Exclude<keyof Profile, "links">) => ({ name, defaultValue: value(name, profile[name]), error: error(name) });
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <TextField label="Full name" {...text("full_name")} maxLength={FULL_NAME_MAX} autoComplete="name" />
      <TextField
        label="Username"
        {...text("username")}
        prefix="@"
        required
        maxLength={USERNAME_MAX}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        hint="Links to your old name lead to the new one. You can change it 3 times in 14 days."
      />
      <TextField label="Pronouns" {...text("pronouns")} maxLength={PRONOUNS_MAX} />
      <TextArea label="Bio" {...text("bio")} maxLength={BIO_MAX} hint={`At most ${BIO_MAX} characters.`} />
      <TextField label="Website" {...text("website")} type="url" inputMode="url" maxLength={WEB_ADDRESS_MAX} autoComplete="url" placeholder="https://" />
      <Links links={profile.links} value={value} error={error} />
      <FormMessage state={state} />
      <SubmitButton className="self-start">Save profile</SubmitButton>
    </form>
  );
}

type LinksProps = { links: Profile["links"]; value: (name: string, stored?: string) => string; error: (name: string) => string | undefined };

function Links({ links, value, error }: LinksProps) {
  const used = Array.from({ length: LINKS_MAX }, (_, i) => i).filter((i) => links[i] || value(`links.${i}.url`) || value(`links.${i}.title`));
  return (
    <Disclosure title={`More links (${LINKS_MAX} at most)`} open={used.length > 0}>
      <div className="flex flex-col gap-4 pb-5">
        {Array.from({ length: LINKS_MAX }, (_, i) => (
          <fieldset key={i} className="grid gap-3 sm:grid-cols-[2fr_3fr]">
            <legend className="sr-only">Link {i + 1}</legend>
            <TextField label={`Title ${i + 1}`} name={`links.${i}.title`} maxLength={LINK_TITLE_MAX} defaultValue={value(`links.${i}.title`, links[i]?.title)} error={error(`links.${i}.title`)} />
            <TextField label={`Address ${i + 1}`} name={`links.${i}.url`} type="url" inputMode="url" maxLength={WEB_ADDRESS_MAX} placeholder="https://" defaultValue={value(`links.${i}.url`, links[i]?.url)} error={error(`links.${i}.url`)} />
          </fieldset>
        ))}
      </div>
    </Disclosure>
  );
}
