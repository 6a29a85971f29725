// What the browser does for pushes. Loaded by the settings page only; the worker is registered only by turning pushes on.
import { request } from "@/components/interactions/request";
import type { PushDeviceView } from "@/lib/notifications/delivery/types";

export type PushState = "unsupported" | "denied" | "off" | "on";
export type Devices = { devices: PushDeviceView[] };
/** What came of it, in words when it went wrong. */
export type Turned = { ok: true; devices: PushDeviceView[] } | { ok: false; state: PushState; message: string };

/** Where a network swallows what goes to the push service, the browser never says so, ms. */
const ADDRESS_MS = 20_000;

const failed = (message: string, state: PushState = "off"): Turned => ({ ok: false, state, message });
const isSupported = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** How it stands in this browser. `isKnown`: the server has an address for it. */
export async function readState(isKnown: boolean): Promise<PushState> {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  if (!isKnown || Notification.permission !== "granted") return "off";
  return (await ownSubscription()) ? "on" : "off";
}

async function ownSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Asks for the permission, then the browser for an address, and tells the server. */
export async function turnOn(): Promise<Turned> {
  const permission = await Notification.requestPermission();
  if (permission === "denied") return failed("", "denied");
  if (permission !== "granted") return failed("Your browser’s question was closed without an answer. Turn this on again and choose “Allow”.");
  const key = await request<{ public_key: string }>("GET", "/api/push/key");
  if (!key.ok) return failed(key.message);
  const subscription = await Promise.race([askForAddress(key.data.public_key), tooLong(ADDRESS_MS)]).catch((error: unknown) => error as Error);
  if (subscription instanceof Error) return failed("Your browser could not get an address from its push service. It may be blocked in this network, or turned off in the browser, as in private windows. Try again later or in another browser.");
  const outcome = await request<Devices>("PUT", "/api/push/subscription", { body: subscription.toJSON() });
  return outcome.ok ? { ok: true, devices: outcome.data.devices } : failed(outcome.message);
}

const tooLong = (ms: number) => new Promise<never>((_, reject) => setTimeout(() => reject(new Error("no answer")), ms));

async function askForAddress(publicKey: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  // One that is there may be for keys that the server no longer has.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/** The server forgets the address first: then nothing comes, whatever the browser does. */
export async function turnOff(): Promise<Turned> {
  const outcome = await request<Devices>("DELETE", "/api/push/subscription");
  if (!outcome.ok) return failed(outcome.message, "on");
  await ownSubscription().then((subscription) => subscription?.unsubscribe()).catch(() => {});
  return { ok: true, devices: outcome.data.devices };
}
