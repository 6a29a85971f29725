// Order matters: Edge calls itself Chrome, Chrome calls itself Safari.
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"], [/\bOPR\/|\bOPiOS\//, "Opera"], [/\bSamsungBrowser\//, "Samsung Internet"], [/\bVivaldi\//, "Vivaldi"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"], [/\bCriOS\/|\bChrome\/|\bChromium\/|\bHeadlessChrome\//, "Chrome"], [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, "Android"], [/\biPhone\b|\biPod\b/, "iPhone"], [/\biPad\b/, "iPad"], [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"], [/\bMacintosh\b|\bMac OS X\b/, "Mac"], [/\bLinux\b/, "Linux"],
];

const find = (list: [RegExp, string][], agent: string) => list.find(([pattern]) => pattern.test(agent))?.[1];

/**
 * A device in words a person recognises, "Chrome on Android", from what the browser says of itself; no version, address
 * or place. Programs are called by the first word they give.
 */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return "Unknown device";
  const browser = find(BROWSERS, userAgent);
  const system = find(SYSTEMS, userAgent);
  if (browser) return system ? `${browser} on ${system}` : browser;
  const program = userAgent.match(/^[A-Za-z][\w.-]{0,39}/)?.[0];
  return program && program !== "Mozilla" ? program : (system ?? "Unknown device");
}

/** Where a sign-up or log-in of a program comes from. */
export const programOrigin = (headers: Headers, address: string) => ({ address, kind: "api" as const, device: describeDevice(headers.get("user-agent")) });
