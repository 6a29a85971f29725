import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand,
  type S3Client, UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { PartToSign, StoredPart, UnfinishedUpload, UploadTicket } from "./types";

type Place = { client: S3Client; signer: S3Client; bucket: string };

export async function startParts({ client, bucket }: Place, key: string, contentType: string): Promise<string> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: contentType }));
  return UploadId!;
}

/** Length and checksum are headers under the signature. Content-MD5, because every S3 server checks it; the newer checksums not all do. */
export async function signPart({ signer, bucket }: Place, { key, uploadId, number, size, md5, expiresIn }: PartToSign): Promise<UploadTicket> {
  const command = new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: number, ContentLength: size, ContentMD5: md5 });
  const url = await getSignedUrl(signer, command, { expiresIn, signableHeaders: new Set(["host", "content-length", "content-md5"]) });
  return { method: "PUT", url, headers: md5 ? { "content-md5": md5 } : {}, expiresAt: new Date(Date.now() + expiresIn * 1000) };
}

export async function listParts({ client, bucket }: Place, key: string, uploadId: string): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  for (let marker: string | undefined; ; ) {
    const page = await client.send(new ListPartsCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumberMarker: marker }));
    for (const part of page.Parts ?? []) parts.push({ number: part.PartNumber!, size: part.Size ?? 0, etag: part.ETag ?? "" });
    if (!page.IsTruncated) return parts;
    marker = page.NextPartNumberMarker;
  }
}

export async function completeParts({ client, bucket }: Place, key: string, uploadId: string, parts: StoredPart[]): Promise<void> {
  const Parts = parts.map((part) => ({ PartNumber: part.number, ETag: part.etag }));
  await client.send(new CompleteMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts } }));
}

export async function abortParts({ client, bucket }: Place, key: string, uploadId: string): Promise<void> {
  await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }));
}

export async function* listUnfinished({ client, bucket }: Place, prefix: string): AsyncGenerator<UnfinishedUpload> {
  for (let KeyMarker: string | undefined, UploadIdMarker: string | undefined; ; ) {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix || undefined, KeyMarker, UploadIdMarker }));
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key && UploadId) yield { key: Key, uploadId: UploadId, startedAt: Initiated ?? new Date(0) };
    }
    if (!page.IsTruncated) return;
    [KeyMarker, UploadIdMarker] = [page.NextKeyMarker, page.NextUploadIdMarker];
  }
}
