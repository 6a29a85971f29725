import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { env } from "@/lib/platform/env";

/** Addresses that lead into the server's own network, or nowhere (RFC 6890 and its updates). */
const inner = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24], ["192.88.99.0", 24],
  ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4], ["240.0.0.0", 4],
] as const) inner.addSubnet(address, bits, "ipv4");
const outer = new BlockList();
outer.addSubnet("2000::", 3, "ipv6");
// Of the global ones those that carry an IPv4 address or are for examples.
for (const [address, bits] of [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]] as const) inner.addSubnet(address, bits, "ipv6");

/** Whether an address is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inner.check(address, "ipv4");
  return family === 6 && outer.check(address, "ipv6") && !inner.check(address, "ipv6");
}

const named = (origin: string): boolean => env().PUSH_HOSTS.includes(origin);

/**
 * Whether pushes may be sent to this address: https to a host of the open internet, on the usual port; and what `PUSH_HOSTS` names. Names are judged again
 * when they are looked up (`lookupFor`).
 */
export function isPushAddress(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  if (!url || url.username || url.password || url.hash) return false;
  if (named(url.origin)) return true;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "https:" || url.port !== "") return false;
  return isIP(host) ? isPublicAddress(host) : host.includes(".") && !/\.(local|localhost|internal|lan|home|arpa)\.?$/i.test(host);
}

/** Looks up a host for a connection; fails when one of its addresses is none of the open internet, so that a name cannot be pointed inside later. */
export function lookupFor(endpoint: string): LookupFunction {
  const { origin } = new URL(endpoint);
  return (host, options, done) => lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    const closed = named(origin) ? undefined : found.find(({ address }) => !isPublicAddress(address));
    if (closed || found.length === 0) return done(Object.assign(new Error(`${host} leads to no public address`), { code: "EHOSTCLOSED" }), []);
    if (options.all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  });
}
