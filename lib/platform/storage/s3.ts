import {
  CopyObjectCommand, CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand,
  ListObjectsV2Command, PutBucketCorsCommand, PutObjectCommand, S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { log } from "../log";
import { assertKey, assertPrefix } from "./keys";
import { Calls } from "./s3-calls";
import * as multipart from "./s3-parts";
import {
  StorageUnavailableError, type ByteRange, type ListedObject, type ObjectInfo, type ObjectStorage, type PartToSign, type PutBody, type StoredObject, type StoredPart,
  type UnfinishedUpload, type UploadTicket,
} from "./types";

export type S3Options = {
  bucket: string;
  region: string;
  endpoint?: string;
  /** What browsers use, when it is not `endpoint`. */
  publicEndpoint?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  forcePathStyle?: boolean;
};

/** How long a connection may take, and how long one may be silent in the middle of bytes. */
const CONNECT_MS = 3_000;
const SILENT_MS = 30_000;
/** Object storage behind the S3 API: AWS, R2, MinIO, Ceph, Garage, … */
export class S3Storage implements ObjectStorage {
  readonly kind = "s3";
  readonly #client: S3Client;
  /** Signs for the address that browsers see; the host is part of the signature. */
  readonly #signer: S3Client;
  readonly #bucket: string;
  readonly #calls = new Calls();

  constructor(readonly options: S3Options) {
    this.#bucket = options.bucket;
    this.#client = makeClient(options, options.endpoint);
    this.#signer = options.publicEndpoint ? makeClient(options, options.publicEndpoint) : this.#client;
  }

  async put(key: string, body: PutBody, { contentType }: { contentType: string }): Promise<ObjectInfo> {
    assertKey(key);
    const [Body, size] = body instanceof Uint8Array ? [body, body.length] : [body.stream, body.size];
    const command = new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body, ContentLength: size, ContentType: contentType });
    const answer = await this.#calls.send(() => this.#client.send(command), { counted: body instanceof Uint8Array });
    return { key, size, contentType, etag: plainEtag(answer.ETag), modifiedAt: new Date() };
  }

  async head(key: string): Promise<ObjectInfo | null> {
    assertKey(key);
    const answer = await this.#calls.orNull((soon) => this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }), soon));
    return answer && infoOf(key, answer.ContentLength ?? 0, answer);
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject | null> {
    assertKey(key);
    if (range && (range.start < 0 || (range.end ?? range.start) < range.start)) throw new RangeError("range outside the object");
    const Range = range && `bytes=${range.start}-${range.end ?? ""}`;
    const answer = await this.#calls.orNull((soon) => this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range }), soon));
    if (!answer) return null;
    const whole = answer.ContentRange ? Number(answer.ContentRange.split("/")[1]) : (answer.ContentLength ?? 0);
    return { info: infoOf(key, whole, answer), body: answer.Body as Readable };
  }

  async delete(key: string): Promise<void> {
    assertKey(key);
    await this.#calls.orNull((soon) => this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }), soon));
  }

  /** One by one, eight at a time: the batch call needs a checksum header on which S3 servers do not agree. */
  async deleteMany(keys: string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += 8) await Promise.all(keys.slice(at, at + 8).map((key) => this.delete(key)));
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    assertPrefix(prefix);
    let token: string | undefined;
    do {
      const page = await this.#calls.send((soon) => this.#client.send(new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix || undefined, ContinuationToken: token }), soon));
      for (const item of page.Contents ?? []) yield { key: item.Key ?? "", size: item.Size ?? 0, modifiedAt: item.LastModified ?? new Date(0) };
      token = page.NextContinuationToken;
    } while (token);
  }

  async copy(from: string, to: string): Promise<void> {
    assertKey(from);
    assertKey(to);
    await this.#calls.send(() => this.#client.send(new CopyObjectCommand({ Bucket: this.#bucket, Key: to, CopySource: `${this.#bucket}/${from}` })));
  }

  async signUpload(upload: { key: string; contentType: string; size: number; expiresIn: number }): Promise<UploadTicket> {
    const { key, contentType, size, expiresIn } = upload;
    assertKey(key);
    const command = new PutObjectCommand({ Bucket: this.#bucket, Key: key, ContentType: contentType, ContentLength: size });
    const url = await getSignedUrl(this.#signer, command, { expiresIn, signableHeaders: new Set(["host", "content-type", "content-length"]) });
    return { method: "PUT", url, headers: { "content-type": contentType }, expiresAt: new Date(Date.now() + expiresIn * 1000) };
  }

  async signDownload({ key, expiresIn, fileName }: { key: string; expiresIn: number; fileName?: string }): Promise<string> {
    assertKey(key);
    const ResponseContentDisposition = fileName && `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
    return getSignedUrl(this.#signer, new GetObjectCommand({ Bucket: this.#bucket, Key: key, ResponseContentDisposition }), { expiresIn });
  }

  async startParts(key: string, { contentType }: { contentType: string }): Promise<string> {
    assertKey(key);
    return this.#calls.send(() => multipart.startParts(this.#place(), key, contentType));
  }

  async signPart(part: PartToSign): Promise<UploadTicket> {
    assertKey(part.key);
    return multipart.signPart(this.#place(), part);
  }

  async listParts(key: string, uploadId: string): Promise<StoredPart[] | null> {
    assertKey(key);
    return this.#calls.orNull(() => multipart.listParts(this.#place(), key, uploadId));
  }

  async completeParts(key: string, uploadId: string, parts: StoredPart[]): Promise<ObjectInfo | null> {
    assertKey(key);
    try {
      const done = await this.#calls.orNull(() => multipart.completeParts(this.#place(), key, uploadId, parts).then(() => true));
      return done ? await this.head(key) : null;
    } catch (error) {
      // Some servers call an upload that is gone, or is being completed, a failure of their own.
      if (error instanceof StorageUnavailableError && (await this.listParts(key, uploadId)) === null) return null;
      throw error;
    }
  }

  async abortParts(key: string, uploadId: string): Promise<void> {
    assertKey(key);
    await this.#calls.orNull(() => multipart.abortParts(this.#place(), key, uploadId));
  }

  listUnfinished(prefix: string): AsyncIterable<UnfinishedUpload> {
    assertPrefix(prefix);
    return multipart.listUnfinished(this.#place(), prefix);
  }

  #place() {
    return { client: this.#client, signer: this.#signer, bucket: this.#bucket };
  }

  /** Creates the bucket when it is missing and lets browsers of `origins` (none: no browser ever asks) upload to it. */
  async ensure(origins: string[]): Promise<void> {
    const found = await this.#calls.orNull((soon) => this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), soon));
    if (!found) await this.#calls.send(() => this.#client.send(new CreateBucketCommand({ Bucket: this.#bucket })));
    if (origins.length === 0) return;
    const rule = { AllowedMethods: ["PUT", "GET", "HEAD"], AllowedOrigins: origins, AllowedHeaders: ["*"], ExposeHeaders: ["ETag"], MaxAgeSeconds: 3600 };
    try {
      await this.#calls.send(() => this.#client.send(new PutBucketCorsCommand({ Bucket: this.#bucket, CORSConfiguration: { CORSRules: [rule] } })));
    } catch (error) {
      // A key that may not change rules, or a store without this call: whoever runs it sets the rule (README).
      if (error instanceof StorageUnavailableError) throw error;
      log().warn({ error: (error as Error).name }, "CORS rules of the bucket could not be set; browsers may be unable to upload");
    }
  }

  async check(): Promise<void> {
    const key = `checks/${randomUUID()}`;
    await this.put(key, Buffer.from("ok"), { contentType: "text/plain" });
    await this.delete(key);
  }
}

function makeClient(options: S3Options, endpoint: string | undefined): S3Client {
  const { region, accessKeyId, secretAccessKey, forcePathStyle } = options;
  return new S3Client({
    region,
    endpoint,
    forcePathStyle,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    // The newer default adds a checksum to signed addresses that a browser can't satisfy and older servers refuse.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
  });
}

function infoOf(key: string, size: number, answer: { ContentType?: string; ETag?: string; LastModified?: Date }): ObjectInfo {
  return { key, size, contentType: answer.ContentType ?? "application/octet-stream", etag: plainEtag(answer.ETag), modifiedAt: answer.LastModified ?? new Date(0) };
}

const plainEtag = (etag = "") => etag.replace(/^W\//, "").replaceAll('"', "");
