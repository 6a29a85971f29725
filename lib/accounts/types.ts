/** Somewhere a person is signed in. `device` is words for a browser and system, never an address or a place. */
export type DeviceView = { id: string; kind: "browser" | "api"; device: string; created_at: string; last_seen_at: string; is_current: boolean };
