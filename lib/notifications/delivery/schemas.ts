import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";

const key = (bytes: string) => z.string().regex(/^[\w-]{1,120}={0,2}$/, `Must be ${bytes} in base64url.`);

/** What a browser's `PushSubscription.toJSON()` says. */
export const subscriptionSchema = z.object({
  endpoint: z.url("Must be the address that the browser gave.").max(2_000),
  keys: z.object({ p256dh: key("65 bytes"), auth: key("16 bytes") }),
});
export type SubscriptionInput = z.infer<typeof subscriptionSchema>;

/** Which device shall take no more pushes; without `id` the one that asks. */
export const deviceSchema = z.object({ id: idSchema.optional() });

const timeZone = z.string().max(64).regex(/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/, "Must be a time zone, such as Europe/Berlin.");

export const digestSchema = z.object({ frequency: z.enum(["off", "daily", "weekly"], "Choose one of the three.").optional(), time_zone: timeZone.optional() });
export type DigestPatch = z.infer<typeof digestSchema>;

/** The same from a form, whose field is empty where there is no script to fill it. */
export const digestFormSchema = digestSchema.extend({ time_zone: z.preprocess((value) => (value === "" ? undefined : value), timeZone.optional()) });

const token = z.string().max(200, "This link is not whole.");
export const unsubscribeSchema = z.object({ token });
