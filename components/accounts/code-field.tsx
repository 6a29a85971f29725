import { TextField } from "@/components/ui/text-field";

/** Where a code of an authenticator app is typed; phones offer the number keys, recovery codes have letters. */
export function CodeField({ label = "Code", recovery, error, hint }: { label?: string; /** Takes recovery codes, too. */ recovery?: boolean; error?: string; hint?: string }) {
  return (
    <TextField
      label={label}
      name="code"
      required
      autoComplete="one-time-code"
      inputMode={recovery ? "text" : "numeric"}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={30}
      hint={hint}
      error={error}
    />
  );
}
