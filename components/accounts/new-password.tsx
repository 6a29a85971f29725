import { PasswordField } from "@/components/ui/password-field";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/accounts/limits";

type Props = { label?: string; name?: string; error: string | undefined };

/** Where a new password is typed. */
export const NewPassword = ({ label = "New password", name = "new_password", error }: Props) => (
  <PasswordField
    label={label}
    name={name}
    required
    minLength={PASSWORD_MIN}
    maxLength={PASSWORD_MAX}
    autoComplete="new-password"
    hint={`At least ${PASSWORD_MIN} characters. A few unrelated words are best.`}
    error={error}
  />
);
