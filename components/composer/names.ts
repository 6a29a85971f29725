import { type DraftPhoto, isVideo } from "./types";

/** What things of the draft are called together: "file" where photos and videos are among them. */
export function nameOf(things: readonly Pick<DraftPhoto, "type">[]): "photo" | "video" | "file" {
  const films = things.filter(isVideo).length;
  return films === 0 ? "photo" : films === things.length ? "video" : "file";
}

export const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
