import { z } from "zod";
import { BIO_MAX, FULL_NAME_MAX, PASSWORD_MAX, PASSWORD_MIN } from "./limits";
import { lineSchema, linesSchema } from "./text";
import { usernameSchema } from "./username";

/** Any password that may be tried; what a new one must be is judged by the server (password-strength.ts). */
export const givenPassword = z.string("Enter your password.").min(1, "Enter your password.").max(PASSWORD_MAX, `At most ${PASSWORD_MAX} characters.`);

export const newPasswordSchema = z
  .string("Choose a password.")
  .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)
  .max(PASSWORD_MAX, `At most ${PASSWORD_MAX} characters.`);

export const emailSchema = z
  .string("Enter your e-mail address.")
  .max(254, "This address is too long.")
  .transform((text) => text.trim().normalize("NFC"))
  .pipe(z.email("This is not an e-mail address."));

export const registerSchema = z.object({
  username: usernameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  full_name: lineSchema(FULL_NAME_MAX).default(""),
  bio: linesSchema(BIO_MAX).default(""),
});

const login = z.string("Enter your username or e-mail address.").trim().min(1, "Enter your username or e-mail address.").max(254, "This is too long.");

/** `login` is a username or an e-mail address; API clients may also send it under either's own name. */
const loginNames = { login: login.optional(), email: login.optional(), username: login.optional() };

function loginOf(names: { login?: string; email?: string; username?: string }, context: z.RefinementCtx): string {
  const given = names.login ?? names.email ?? names.username;
  if (given === undefined) context.addIssue({ code: "custom", path: ["login"], message: "Enter your username or e-mail address." });
  return given ?? "";
}

export const loginSchema = z
  .object({ ...loginNames, password: givenPassword })
  .transform(({ password, ...names }, context) => ({ login: loginOf(names, context), password }));

export const forgotSchema = z.object(loginNames).transform((names, context) => ({ login: loginOf(names, context) }));

export const changePasswordSchema = z.object({ current_password: givenPassword, new_password: newPasswordSchema });

export type RegisterInput = z.infer<typeof registerSchema>;
export type LoginInput = z.infer<typeof loginSchema>;
