import "server-only";
import busboy from "busboy";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AppError, invalidField, malformed } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { MAX_PHOTO_BYTES } from "./limits";
import { storeUploadedImage } from "./receive";
import { discardUpload } from "./service";

/** A form's texts by name, each in the order it came, and the media ids of its photos, in the order they came. */
export type PhotoForm = { fields: Record<string, string[]>; mediaIds: string[] };

export function isMultipart(request: Request): boolean {
  return /^multipart\/form-data\s*;/i.test(request.headers.get("content-type") ?? "");
}

/**
 * Reads a multipart body with photos in the parts named `image` (or `avatar`, `images`, `images[]`). Each is stored as it
 * arrives, one after another, so that a form of twenty never lies in memory as a whole. Whatever goes wrong, nothing of
 * it is kept. Throws 400, 413, 415 or 422.
 */
export async function receivePhotoForm(viewer: Pick<Viewer, "id">, request: Request, options: { purpose: "post" | "avatar"; maxFiles: number }): Promise<PhotoForm> {
  if (!request.body) throw malformed("The body is empty.");
  // No prototype: a field may be called "constructor".
  const form: PhotoForm = { fields: Object.create(null) as PhotoForm["fields"], mediaIds: [] };
  try {
    await parse(viewer, request, options, form);
  } catch (error) {
    await Promise.all(form.mediaIds.map((id) => discardUpload(viewer, id).catch(() => {})));
    throw error instanceof AppError ? error : isParseError(error) ? malformed("The form could not be read.") : error;
  }
  if (form.mediaIds.length === 0) throw invalidField("image", "Choose at least one photo.");
  return form;
}

const PHOTO_FIELD = /^(image|avatar|images(\[\])?)$/;

async function parse(viewer: Pick<Viewer, "id">, request: Request, { purpose, maxFiles }: { purpose: "post" | "avatar"; maxFiles: number }, form: PhotoForm): Promise<void> {
  const parser = busboy({
    headers: { "content-type": request.headers.get("content-type")! },
    limits: { files: maxFiles, fileSize: MAX_PHOTO_BYTES + 1, fields: 50, fieldSize: 100_000, parts: maxFiles + 50 },
  });
  let storing: Promise<void> = Promise.resolve();
  const failed = new Promise<never>((_resolve, reject) => {
    parser.once("error", reject);
    parser.on("filesLimit", () => reject(invalidField("image", `At most ${maxFiles} ${maxFiles === 1 ? "photo" : "photos"}.`)));
    parser.on("field", (name, value) => void (form.fields[name] ??= []).push(value));
    parser.on("file", (name, file) => {
      file.on("error", () => {});
      if (!PHOTO_FIELD.test(name)) return void file.resume();
      // The next is not read before the last is stored: the sender waits meanwhile.
      storing = storing.then(async () => void form.mediaIds.push(await storeUploadedImage(viewer, file, purpose)));
      storing.catch(reject);
    });
  });
  failed.catch(() => {});
  try {
    const finished = new Promise((resolve) => parser.once("close", resolve));
    for await (const chunk of Readable.fromWeb(request.body as ReadableStream<Uint8Array>)) {
      if (!parser.write(chunk)) await Promise.race([new Promise((resolve) => parser.once("drain", resolve)), failed]);
    }
    parser.end();
    await Promise.race([finished, failed]);
    await storing;
  } finally {
    parser.destroy();
    await storing.catch(() => {});
  }
}

function isParseError(error: unknown): boolean {
  return error instanceof Error && /multipart|boundary|unexpected end|malformed part|content-type|aborted|premature|terminated/i.test(error.message);
}
