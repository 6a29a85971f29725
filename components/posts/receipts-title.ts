export type ReceiptSubject = { id: string; type: "image" | "video" };

/** "What became of my photo", of all that is in the post. */
export function receiptsTitle(items: readonly ReceiptSubject[]): string {
  const [photos, videos] = [items.filter(({ type }) => type === "image").length, items.filter(({ type }) => type === "video").length];
  const what = [photos && (photos > 1 ? "photos" : "photo"), videos && (videos > 1 ? "videos" : "video")].filter(Boolean).join(" and ");
  return `What became of my ${what}`;
}
