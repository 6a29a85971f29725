import { z } from "zod";
import { BIO_MAX, FULL_NAME_MAX } from "@/lib/accounts/limits";
import { lineSchema, linesSchema } from "@/lib/accounts/text";
import { usernameSchema } from "@/lib/accounts/username";
import { isId } from "@/lib/platform/ids";
import { LINK_TITLE_MAX, LINKS_MAX, PRONOUNS_MAX, WEB_ADDRESS_MAX } from "./limits";

/** `:id` of a user in addresses: a numeric id, or `@` and a username. Null when it can be neither. */
export function parseUserRef(text: string): { id: string } | { username: string } | null {
  if (text.startsWith("@")) return /^@[A-Za-z0-9._]{1,30}$/.test(text) ? { username: text.slice(1) } : null;
  return isId(text) ? { id: text } : null;
}

export const userParam = z.object({ id: z.string().refine((text) => parseUserRef(text) !== null, "is not a person") });

/** The same where the parameter says that it is who asks to follow. */
export const requesterParam = z.object({ user_id: userParam.shape.id });

const NO_ADDRESS = "This is not the address of a web page.";

/** A web address; `example.org` becomes `https://example.org/`. Empty means none. */
export const webAddressSchema = z
  .string(NO_ADDRESS)
  .max(WEB_ADDRESS_MAX, `At most ${WEB_ADDRESS_MAX} characters.`)
  .transform((text, context) => {
    const typed = text.trim();
    if (typed === "") return "";
    const address = readWebAddress(/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed) ? typed : `https://${typed}`);
    if (address === null) context.addIssue({ code: "custom", message: NO_ADDRESS });
    return address ?? "";
  });

// Only what a browser opens as a page: a "javascript:" link in a profile would run in the reader's session.
function readWebAddress(text: string): string | null {
  if (/[\s\u0000-\u001f\u007f]/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPage = (url.protocol === "https:" || url.protocol === "http:") && /^[^.]+(\.[^.]+)+$/.test(url.hostname) && !url.username && !url.password;
  return isPage && url.href.length <= WEB_ADDRESS_MAX ? url.href : null;
}

export const profileLinkSchema = z
  .object({ title: lineSchema(LINK_TITLE_MAX).default(""), url: webAddressSchema })
  .refine((link) => link.url !== "" || link.title === "", { path: ["url"], message: "Enter the address of the link." });

/** Body of PATCH /api/me: what is left out stays. */
export const profilePatchSchema = z.object({
  full_name: lineSchema(FULL_NAME_MAX).optional(),
  bio: linesSchema(BIO_MAX).optional(),
  website: webAddressSchema.optional(),
  pronouns: lineSchema(PRONOUNS_MAX).optional(),
  links: z.array(profileLinkSchema).max(LINKS_MAX, `At most ${LINKS_MAX} links.`).transform((links) => links.filter((link) => link.url !== "")).optional(),
  is_private: z.boolean("must be true or false").optional(),
  username: usernameSchema.optional(),
});
export type ProfilePatch = z.infer<typeof profilePatchSchema>;

/** The profile form: its fields are flat (`links.0.url`), so that errors find back to them. */
export const profileFormSchema = z.preprocess(
  (form) => ({ ...(form as object), links: Array.from({ length: LINKS_MAX }, (_, i) => ({ title: field(form, `links.${i}.title`), url: field(form, `links.${i}.url`) })) }),
  profilePatchSchema.omit({ is_private: true }),
);
const field = (form: unknown, name: string) => String((form as Record<string, unknown>)[name] ?? "");

/** The privacy form: a box that is not ticked is not sent. */
export const privacyFormSchema = z.object({ is_private: z.literal("on").optional() }).transform(({ is_private }) => ({ is_private: is_private === "on" }));

