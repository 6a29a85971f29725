// The service worker: shows pushes and opens what they are about. It is registered only when somebody turns notifications on, and it keeps no pages.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** What the server sends (lib/notifications/delivery/message.ts); something is always shown, else browsers take the right to push away. */
function read(data) {
  try {
    return { ...data.json() };
  } catch {
    return {};
  }
}

/** An address of ours, whatever was sent. */
function addressOf(url) {
  const address = new URL(typeof url === "string" ? url : "/notifications", self.location.origin);
  return address.origin === self.location.origin ? address.href : `${self.location.origin}/notifications`;
}

/** Of a conversation: something else was said. A group of notifications that grows takes its own place in silence. */
const isConversation = (tag) => /^m\d+$/.test(tag);

async function show({ title, body, tag = "new", url, unread }) {
  await self.registration.showNotification(title ?? "Heliograph", { body: body ?? "Something is new.", tag, renotify: isConversation(tag), icon: "/icons/icon-192.png", data: { url: addressOf(url) } });
  // The number on the icon of the installed app, where there is one.
  if (Number.isInteger(unread)) await self.navigator.setAppBadge?.(unread).catch(() => {});
}

async function open(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => client.url === url);
  // Never another tab's page: something may be half written there.
  return there ? there.focus() : self.clients.openWindow(url);
}

/** The browser has, or needs, a new address for pushes: the server is told. */
async function renew(given) {
  let fresh = given ?? (await self.registration.pushManager.getSubscription());
  if (!fresh) {
    const { public_key: applicationServerKey } = await (await fetch("/api/push/key")).json();
    fresh = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  }
  await fetch("/api/push/subscription", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(fresh.toJSON()) });
}

self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(addressOf(event.notification.data?.url)));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.newSubscription)));
