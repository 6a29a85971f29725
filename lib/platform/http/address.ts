/**
 * The client's address, as the front (front.ts) found it: the socket's, or the proxy's header when `TRUST_PROXY` says
 * so. The front overwrites what a client sends under this name.
 */
export const ADDRESS_HEADER = "x-heliograph-address";

export const clientAddress = (headers: Headers): string => headers.get(ADDRESS_HEADER) ?? "unknown";
