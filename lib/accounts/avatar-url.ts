/** What a row says of a person's avatar; both null without one. */
export type AvatarRef = { avatarMediaId: string | null; avatarVersion: string | null };

/** The address of an avatar; it changes when the avatar does, so it can be kept for a year. */
export function avatarUrl({ avatarMediaId, avatarVersion }: AvatarRef): string | null {
  return avatarMediaId && avatarVersion ? `/media/${avatarMediaId}/${avatarVersion}/320.webp` : null;
}
