import { createECDH, createPrivateKey, sign } from "node:crypto";

/** The server's keys, in base64url: P-256, the public one uncompressed. */
export type VapidKeys = { publicKey: string; privateKey: string };

/** Push services refuse more than a day. */
const TOKEN_SECONDS = 12 * 3_600;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function makeVapidKeys(): VapidKeys {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  // The curve's private keys may begin with zeros, which this would leave out.
  const privateKey = Buffer.concat([Buffer.alloc(32), ecdh.getPrivateKey()]).subarray(-32);
  return { publicKey: ecdh.getPublicKey("base64url"), privateKey: privateKey.toString("base64url") };
}

/** Whether the two belong together. */
export function isKeyPair({ publicKey, privateKey }: VapidKeys): boolean {
  try {
    const ecdh = createECDH("prime256v1");
    ecdh.setPrivateKey(Buffer.from(privateKey, "base64url"));
    return ecdh.getPublicKey("base64url") === publicKey;
  } catch {
    return false;
  }
}

/** The Authorization header by which a push service knows who sends (RFC 8292). `subject`: where its people reach ours. */
export function vapidHeader(endpoint: string, { publicKey, privateKey }: VapidKeys, subject: string, now = Date.now()): string {
  const point = Buffer.from(publicKey, "base64url");
  const key = createPrivateKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url"), d: privateKey } });
  const token = `${part({ typ: "JWT", alg: "ES256" })}.${part({ aud: new URL(endpoint).origin, exp: Math.floor(now / 1000) + TOKEN_SECONDS, sub: subject })}`;
  return `vapid t=${token}.${sign("sha256", Buffer.from(token), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}, k=${publicKey}`;
}
