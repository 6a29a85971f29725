import { describe, expect, it } from "vitest";
import { readEnv } from "@/lib/platform/env";
import { encryptPush, isPushTarget, MOST_BYTES } from "./encryption";
import { isPublicAddress, isPushAddress, lookupFor } from "./reachable";
import { isKeyPair, makeVapidKeys } from "./vapid";
import { Browser } from "@/lib/testing/push-service";

// RFC 8291, section 5 and appendix A.
const RFC = {
  plain: "When I grow up, I want to be a watermelon",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  ownKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  message: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

describe("a push", () => {
  it("is encrypted as in the example of RFC 8291", () => {
    const bytes = encryptPush(RFC.plain, RFC, Buffer.from(RFC.salt, "base64url"), Buffer.from(RFC.ownKey, "base64url"));
    expect(bytes.toString("base64url")).toBe(RFC.message);
  });

  it("is read by its browser only, and is another one each time", () => {
    const [one, other] = [new Browser("https://push.example.org/1"), new Browser("https://push.example.org/2")];
    const bytes = encryptPush(JSON.stringify({ body: "Grüße 🌊" }), one.toJSON().keys);
    expect(one.open(bytes)).toEqual({ body: "Grüße 🌊" });
    expect(() => other.open(bytes)).toThrow(/authenticate/);
    expect(encryptPush("{}", one.toJSON().keys).equals(encryptPush("{}", one.toJSON().keys))).toBe(false);
    bytes[bytes.length - 20]! ^= 1;
    expect(() => one.open(bytes)).toThrow(/authenticate/);
  });

  it("has at most the size that every push service takes", () => {
    const { keys } = new Browser("https://push.example.org/1").toJSON();
    expect(encryptPush("x".repeat(MOST_BYTES), keys).length).toBeLessThanOrEqual(4096);
    expect(() => encryptPush("x".repeat(MOST_BYTES + 1), keys)).toThrow(RangeError);
  });

  it("needs real keys", () => {
    const { keys } = new Browser("https://push.example.org/1").toJSON();
    expect(isPushTarget(keys)).toBe(true);
    expect(isPushTarget({ ...keys, auth: "AAAA" })).toBe(false);
    expect(isPushTarget({ ...keys, p256dh: "AAAA" })).toBe(false);
    // On the curve it must be.
    expect(isPushTarget({ ...keys, p256dh: Buffer.alloc(65, 4).toString("base64url") })).toBe(false);
  });
});

describe("keys", () => {
  it("belong together, or are refused at the start", () => {
    const [one, other] = [makeVapidKeys(), makeVapidKeys()];
    expect(isKeyPair(one)).toBe(true);
    expect(isKeyPair({ ...one, privateKey: other.privateKey })).toBe(false);
    const base = { DATABASE_URL: "postgres://x", STORAGE_SECRET: "x".repeat(32), AUTH_SECRET: "x".repeat(32), JOBS_SECRET: "x".repeat(32) };
    expect(() => readEnv({ ...base, VAPID_PUBLIC_KEY: one.publicKey })).toThrow("VAPID_PRIVATE_KEY");
    expect(() => readEnv({ ...base, VAPID_PUBLIC_KEY: one.publicKey, VAPID_PRIVATE_KEY: other.privateKey })).toThrow("VAPID_PRIVATE_KEY");
    expect(readEnv({ ...base, VAPID_PUBLIC_KEY: one.publicKey, VAPID_PRIVATE_KEY: one.privateKey }).VAPID_PUBLIC_KEY).toBe(one.publicKey);
    expect(() => readEnv({ ...base, PUSH_HOSTS: "push.example.lan" })).toThrow("PUSH_HOSTS");
    expect(readEnv({ ...base, PUSH_HOSTS: "https://a.lan, http://b.lan:81" }).PUSH_HOSTS).toEqual(["https://a.lan", "http://b.lan:81"]);
  });
});

describe("where pushes are sent", () => {
  it.each(["https://fcm.googleapis.com/fcm/send/x", "https://updates.push.services.mozilla.com/wpush/v2/x", "https://web.push.apple.com/x", "https://8.8.8.8/x", "https://[2606:4700::1111]/x"])("is %s", (address) => {
    expect(isPushAddress(address)).toBe(true);
  });

  it.each([
    "http://fcm.googleapis.com/x", "https://localhost/x", "https://127.0.0.1/x", "https://2130706433/x", "https://0x7f.1/x", "https://[::1]/x", "https://[::ffff:10.0.0.1]/x", "https://[fd00::1]/x", "https://[2002:7f00:1::]/x", "https://10.0.0.1/x", "https://169.254.169.254/latest",
    "https://100.64.0.1/x", "https://example.org:6379/x", "https://user:pass@example.org/x", "https://postgres/x", "https://db.internal/x", "ftp://example.org/x", "nothing",
  ])("is never %s", (address) => {
    expect(isPushAddress(address)).toBe(false);
  });

  it("is judged again by what a name leads to", async () => {
    const found = new Promise((resolve) => lookupFor("https://localhost/x")("localhost", { all: true }, (error) => resolve(error?.code)));
    expect(await found).toBe("EHOSTCLOSED");
    expect([isPublicAddress("0.0.0.0"), isPublicAddress("::"), isPublicAddress("nothing"), isPublicAddress("1.1.1.1")]).toEqual([false, false, false, true]);
  });
});
