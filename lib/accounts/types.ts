/** Somewhere a person is signed in. `device` is words for a browser and system, never an address or a place. */
export type DeviceView = { id: string; kind: "browser" | "api"; device: string; created_at: string; last_seen_at: string; is_current: boolean };

/** Two-step sign-in as its owner sees it. */
export type TwoFactorView = { enabled: boolean; recovery_codes_left: number };

/** What an authenticator app needs: the secret as text (base32), and the address that its QR code says. */
export type TwoFactorSetup = { secret: string; uri: string };

/** A passkey as its owner sees it. */
export type PasskeyView = { id: string; name: string; /** Kept by an account of its maker, so that it outlives the device. */ is_backed_up: boolean; created_at: string; last_used_at: string | null };

/** One's own address; `pending` is the one that is to take its place once it is confirmed. */
export type AddressView = { email: string; verified: boolean; pending: string | null };
