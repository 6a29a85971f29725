/** A device on which somebody takes pushes. */
export type PushDeviceView = { id: string; device: string; is_current: boolean; created_at: string; last_ok_at: string | null };

export type DigestView = {
  frequency: "off" | "daily" | "weekly";
  time_zone: string;
  /** Mails go to confirmed addresses only. */
  address_confirmed: boolean;
};
