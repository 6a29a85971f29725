import { z } from "zod";
import { deviceSchema, digestSchema, subscriptionSchema } from "@/lib/notifications/delivery/schemas";
import type { DigestView, PushDeviceView } from "@/lib/notifications/delivery/types";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { id, sameAs } from "./shapes";

const time = z.iso.datetime({ precision: 3 });
const device = sameAs<PushDeviceView>()(
  z.strictObject({ id, device: z.string(), is_current: z.boolean().describe("The session that asks"), created_at: time, last_ok_at: time.nullable().describe("When a push was taken last") }).meta({ id: "PushDevice" }),
  true,
);
const digest = sameAs<DigestView>()(
  z.strictObject({ frequency: z.enum(["off", "daily", "weekly"]).describe("At eight in the morning, of a week on Monday; only when something is new"), time_zone: z.string(), address_confirmed: z.boolean().describe("Mails go to confirmed addresses only") }).meta({ id: "Digest" }),
  true,
);
const devices = z.strictObject({ devices: z.array(device) });
const mine = { group: "Feed, search and notifications", auth: "required" as const };

/** Notifications outside the page. */
export const deliveryEndpoints: Endpoint[] = [
  { ...mine, method: "GET", path: "/api/push/key", summary: "The server's public key for Web Push", details: "The `applicationServerKey` of `pushManager.subscribe` (RFC 8292).", answers: { 200: z.strictObject({ public_key: z.string().regex(/^[\w-]{87}$/) }) } },
  { ...mine, method: "GET", path: "/api/push/subscription", summary: "Where one takes pushes", answers: { 200: devices } },
  { ...mine, method: "PUT", path: "/api/push/subscription", summary: "Take pushes on this device", details: "What `PushSubscription.toJSON()` says. A session has one; another takes its place, and it ends with the session. Pushes are JSON, encrypted for the browser: `{title, body, tag, url, unread}`.", body: subscriptionSchema, answers: { 200: devices }, errors: [409] },
  { ...mine, method: "DELETE", path: "/api/push/subscription", summary: "Take no more pushes", details: "On this device, or on the one of `id`.", query: deviceSchema, answers: { 200: devices } },
  { ...mine, method: "POST", path: "/api/push/test", summary: "Send this device a push to try it", answers: { 204: null }, errors: [409] },
  { ...mine, method: "GET", path: "/api/me/digest", summary: "How often what is new comes by mail", answers: { 200: digest } },
  { ...mine, method: "PATCH", path: "/api/me/digest", summary: "Change that", details: "What is left out stays. Off until it is asked for; needs a confirmed address.", body: digestSchema, answers: { 200: digest }, errors: [409] },
];
