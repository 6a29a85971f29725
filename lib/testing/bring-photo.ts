import { storeUploadedImage } from "@/lib/media/receive";

/** A photo as it arrives with a form: its bytes are kept, nothing is made of them yet. Returns its id. */
export function bringPhoto(owner: { id: string }, bytes: Uint8Array, purpose: "post" | "avatar" = "post"): Promise<string> {
  return storeUploadedImage(owner, (async function* () { yield bytes; })(), purpose);
}
