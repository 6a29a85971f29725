import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** Of a browser's subscription: its public key (P-256, uncompressed) and the secret it shares with us, in base64url. */
export type PushTarget = { p256dh: string; auth: string };

/** Bytes that one record may have; push services need take no more than 4096 in all. */
const RECORD_BYTES = 4096;
/** What fits into the one record: its end mark, the tag and the header take the rest. */
export const MOST_BYTES = RECORD_BYTES - 103;

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer => Buffer.from(hkdfSync("sha256", secret, salt, info, length));

/**
 * Encrypts a message for one browser (RFC 8291, content coding aes128gcm of RFC 8188, one record): whoever passes it on cannot read it. `salt` and `ownKey`
 * are for tests; they must be new for each message. Throws RangeError when it is too long, TypeError when the keys are none.
 */
export function encryptPush(text: string, { p256dh, auth }: PushTarget, salt = randomBytes(16), ownKey?: Buffer): Buffer {
  const theirs = Buffer.from(p256dh, "base64url");
  const plain = Buffer.from(text);
  if (plain.length > MOST_BYTES) throw new RangeError(`a push of ${plain.length} bytes is too long`);
  const ecdh = createECDH("prime256v1");
  if (ownKey) ecdh.setPrivateKey(ownKey);
  else ecdh.generateKeys();
  const ours = ecdh.getPublicKey();
  const material = hkdf(ecdh.computeSecret(theirs), Buffer.from(auth, "base64url"), Buffer.concat([Buffer.from("WebPush: info\0"), theirs, ours]), 32);
  const cipher = createCipheriv("aes-128-gcm", hkdf(material, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16), hkdf(material, salt, Buffer.from("Content-Encoding: nonce\0"), 12));
  // 2 ends the last record.
  const sealed = Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.from([2])])), cipher.final(), cipher.getAuthTag()]);
  const header = Buffer.alloc(21);
  salt.copy(header);
  header.writeUInt32BE(RECORD_BYTES, 16);
  header.writeUInt8(ours.length, 20);
  return Buffer.concat([header, ours, sealed]);
}

/** Whether these are a point of the curve and a secret of 16 bytes, so that something can be encrypted for them. */
export function isPushTarget({ p256dh, auth }: PushTarget): boolean {
  try {
    const ecdh = createECDH("prime256v1");
    ecdh.generateKeys();
    ecdh.computeSecret(Buffer.from(p256dh, "base64url"));
    return Buffer.from(p256dh, "base64url").length === 65 && Buffer.from(auth, "base64url").length === 16;
  } catch {
    return false;
  }
}
